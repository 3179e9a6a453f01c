"""ASReview's default model on one set of records: the peer of `benchmarks.search.screening`.

It runs under the Python of an environment in which `asreview` is installed, without this project:
on standard input an object with `titles`, `abstracts`, `labels` (0 or 1), `known` (for each round
the places of the records known at first) and `growth`; on standard output `name`, `version`, for
each round the places of the records in the order in which they were read until the last relevant
one was found (`orders`), and the CPU time of all rounds (`seconds`).
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from importlib.metadata import version

import pandas as pd
from asreview import ActiveLearningCycle, Simulate
from asreview.models.models import get_ai_config


def main() -> None:
    """Answer what standard input asks."""
    warnings.simplefilter("ignore")  # Its own: of scikit-learn, about options it passes.
    asked = json.load(sys.stdin)
    frame = pd.DataFrame({"title": asked["titles"], "abstract": asked["abstracts"]})
    growth: int = asked["growth"]
    model = get_ai_config()
    orders = []
    began = time.process_time()
    for known in asked["known"]:
        cycle = ActiveLearningCycle.from_meta(model["value"])
        cycle.n_query = lambda read: max(1, len(read) // growth)
        simulated = Simulate(frame, asked["labels"], [cycle], print_progress=False)
        simulated.label(known)
        simulated.review()
        orders.append([int(place) for place in simulated._results["record_id"]][len(known) :])  # noqa: SLF001 -- it has no other way to tell
    seconds = time.process_time() - began
    answer = {
        "name": model["name"],
        "version": version("asreview"),
        "orders": orders,
        "seconds": seconds,
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
