"""A sentence-transformers folder with a tiny model of random weights.

Run as a process of its own, so that no test holds torch.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "rota", "ward", "letter", "telephone", "##s")


def make_tiny_model(folder: Path) -> Path:
    """Write one into a folder, and return it: 16 dimensions, 32 tokens, weights of seed 0."""
    parts = folder.parent / f"{folder.name}-parts"
    parts.mkdir(parents=True)
    (parts / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(parts)
    BertTokenizerFast(vocab_file=str(parts / "vocab.txt")).save_pretrained(parts)
    steps = [Transformer(str(parts), max_seq_length=32), Pooling(16), Normalize()]
    SentenceTransformer(modules=steps, device="cpu").save(str(folder))
    return folder


if __name__ == "__main__":
    make_tiny_model(Path(sys.argv[1]))
