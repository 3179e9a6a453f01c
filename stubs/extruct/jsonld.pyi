class JsonLdExtractor:
    def extract(
        self, htmlstring: str, base_url: str | None = None, encoding: str = "UTF-8"
    ) -> list[object]: ...
