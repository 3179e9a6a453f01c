"""Exports a sentence-transformers model to ONNX and checks the export against the original.

Run as a process of its own, `python -m search.export SOURCE TARGET NAME`, so that whoever asked
never holds torch in memory. Only this module imports torch and sentence-transformers.
"""

from __future__ import annotations

import logging
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from catalogue.errors import ModelError
from search.embedder import MODEL_FILE, TOKENIZER_FILE, OnnxEmbedder, TorchEmbedder
from search.manifest import checksums, write_manifest

OPSET = 17
TOLERANCE = 1e-5
"""Largest difference allowed between a number of the export and of the original."""

PROBES = (
    "",
    "ambient scribe",
    "Turns a consultation into a clinic letter; the clinician checks it before it is sent.",
    "£2.50 per user, 12-month term (ex. VAT) \u2013 caf\u00e9, na\u00efve, \u2018quoted\u2019",
    "Reduces did-not-attends by 30% in outpatient booking. " * 12,
    "Predicts demand for beds and rotas staff to match. " * 60,
    "\u4e2d\u6587 \u0442\u0435\u043a\u0441\u0442 \u0645\u0631\u062d\u0628\u0627",
    "tab\tand\nline break and \x00 control",
)
"""Short, long, over-long, accented, foreign and broken texts."""


class _Sentence(torch.nn.Module):
    """The whole pipeline, tokens in, one unit vector for each text out."""

    def __init__(self, original: SentenceTransformer) -> None:
        super().__init__()
        self.original = original

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        features = {"input_ids": input_ids, "attention_mask": attention_mask}
        for step in self.original:
            features = step(features)
        return torch.nn.functional.normalize(features["sentence_embedding"], dim=1)


def load_original(source: Path, device: str | None = None) -> SentenceTransformer:
    """Load a model from a local folder: no hub, no code from the folder, no pickled weights.

    Raises:
        ModelError: sentence-transformers cannot load it.
    """
    # A progress bar would be drawn over the terminal app. transformers leaves this one untyped.
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(
            str(source),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, KeyError, ImportError, AttributeError, RuntimeError) as error:
        raise ModelError(
            f"sentence-transformers cannot load {source}: {error}",
            "Name a complete folder of a sentence-transformers model in search.model.",
        ) from error


def export(source: Path, target: Path, name: str) -> None:
    """Write the model in `source` to the empty folder `target`, its manifest last.

    Raises:
        ModelError: the model cannot be loaded, or the export does not agree with it.
    """
    original = load_original(source, device="cpu").eval()
    max_tokens = int(original.max_seq_length or 256)
    sample = original.tokenizer(
        ["two texts", "of unlike length"], padding=True, return_tensors="pt"
    )
    with warnings.catch_warnings():
        # The legacy exporter says that it is deprecated and that tracing may not generalise. The
        # new one needs ten times as long and one more package; the check below is what decides.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.filterwarnings("ignore", "Converting a tensor")
        warnings.filterwarnings("ignore", "Exporting aten::index", UserWarning)
        torch.onnx.export(
            _Sentence(original),
            (sample["input_ids"], sample["attention_mask"]),
            str(target / MODEL_FILE),
            input_names=["input_ids", "attention_mask"],
            output_names=["sentence_embedding"],
            dynamic_axes={
                "input_ids": {0: "text", 1: "token"},
                "attention_mask": {0: "text", 1: "token"},
                "sentence_embedding": {0: "text"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
    original.tokenizer.backend_tokenizer.save(str(target / TOKENIZER_FILE))
    reference = TorchEmbedder(original, name)
    difference = disagreement(
        reference, OnnxEmbedder(target, name, reference.dimension, max_tokens)
    )
    if not difference < TOLERANCE:
        raise ModelError(
            f"The export of {name} differs from the original by {difference:.1e}; "
            f"{TOLERANCE:.0e} is allowed.",
            'Set search.engine = "torch" to use the original.',
        )
    write_manifest(
        target / "manifest.json",
        {
            "model": name,
            "dimension": reference.dimension,
            "max_tokens": max_tokens,
            "pipeline": [type(step).__name__ for step in original],
            "difference": difference,
            "versions": {
                package: version(package)
                for package in ("sentence-transformers", "torch", "onnx", "onnxruntime")
            },
            "files": checksums(target, (MODEL_FILE, TOKENIZER_FILE)),
        },
    )


def disagreement(reference: TorchEmbedder, exported: OnnxEmbedder) -> float:
    """Largest difference between two embedders over PROBES, each alone and all together."""
    expected = reference.encode(PROBES)
    together = exported.encode(PROBES)
    alone = np.concatenate([exported.encode_batch([text]) for text in PROBES])
    return float(max(np.abs(together - expected).max(), np.abs(alone - expected).max()))


def main(arguments: list[str]) -> int:
    """Export, and say in one sentence on stderr why not."""
    source, target, name = arguments
    logging.disable(logging.WARNING)
    try:
        export(Path(source), Path(target), name)
    except ModelError as error:
        sys.stderr.write(" ".join(str(error).split()) + "\n")
        return ModelError.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
