"""JSON-LD of the invented sites, in the shapes that real ones use: a graph, a list, an article."""

from __future__ import annotations

from typing import Any

from demo.market import Host, Page, Tool

CONTEXT = "https://schema.org"
Node = dict[str, Any]


def structured_data(host: Host, page: Page) -> Node | list[Node] | None:
    """What stands in the page's `script[type="application/ld+json"]`; None where there is none."""
    match host.structured:
        case "graph":
            return {"@context": CONTEXT, "@graph": _graph(host, page)}
        case "list":
            return [{"@context": CONTEXT, **node} for node in _list(host, page)]
        case "article" if page.kind == "article":
            return {"@context": CONTEXT, **_article(host, page, "NewsArticle")}
        case _:
            return None


def _graph(host: Host, page: Page) -> list[Node]:
    address = host.base + page.path
    nodes = [
        _organisation(host),
        {
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "name": page.title,
            "isPartOf": {"@id": f"{host.base}/#website"},
        },
        {"@type": "WebSite", "@id": f"{host.base}/#website", "name": host.name, "url": host.base},
    ]
    if page.tool:
        nodes.append(
            {
                "@type": ["SoftwareApplication", "Product"],
                "@id": f"{address}#software",
                "name": page.tool.name,
                "applicationCategory": page.tool.category,
                "operatingSystem": "Web browser",
                "description": page.tool.summary,
                "featureList": list(page.tool.features),
                "url": address,
                "provider": {"@id": f"{host.base}/#organisation"},
                **({"softwareVersion": page.tool.version} if page.tool.version else {}),
                **_offers(page.tool),
            }
        )
    elif page.kind == "article":
        nodes.append(_article(host, page, "Article"))
    return nodes


def _list(host: Host, page: Page) -> list[Node]:
    nodes = [_organisation(host)]
    if page.tool:
        nodes.append(
            {
                "@type": "Product",
                "name": page.tool.name,
                "description": page.tool.summary,
                "category": page.tool.category,
                "brand": {"@type": "Brand", "name": host.name},
                "url": host.base + page.path,
                **_offers(page.tool),
            }
        )
    elif page.kind == "article":
        nodes.append(_article(host, page, "BlogPosting"))
    return nodes


def _organisation(host: Host) -> Node:
    node: Node = {
        "@type": "Organization",
        "@id": f"{host.base}/#organisation",
        "name": host.name,
        "url": f"{host.base}/",
    }
    if host.company:
        node |= {
            "legalName": host.company.legal_name,
            "foundingDate": str(host.company.founded),
            "identifier": {
                "@type": "PropertyValue",
                "propertyID": "Companies House",
                "value": host.company.number,
            },
        }
    return node


def _offers(tool: Tool) -> Node:
    if tool.amount is None:
        return {}
    return {
        "offers": {
            "@type": "Offer",
            "price": f"{tool.amount:.2f}",
            "priceCurrency": "GBP",
            "description": tool.price,
            "priceSpecification": {
                "@type": "UnitPriceSpecification",
                "price": f"{tool.amount:.2f}",
                "priceCurrency": "GBP",
                "unitText": tool.unit,
                "valueAddedTaxIncluded": False,
            },
        }
    }


def _article(host: Host, page: Page, kind: str) -> Node:
    return {
        "@type": kind,
        "headline": page.title,
        "description": page.description,
        "datePublished": page.published.isoformat() if page.published else "",
        "author": {
            "@type": "Person" if page.author else "Organization",
            "name": page.author or host.name,
        },
        "publisher": {"@type": "Organization", "name": host.name},
        "mainEntityOfPage": page.canonical or host.base + page.path,
    }
