"""Tokenizers made on the spot: a benchmark needs the right number of tokens, not the right words, and no download."""

import string
from typing import Any


def t5_tokenizer(longest: int) -> Any:
    """A SentencePiece-like tokenizer: ``<pad>`` 0, ``</s>`` 1, ``<unk>`` 2, then characters and pairs of letters."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    words = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("\u2581", -2.0)]
    words += [(character, -3.0) for character in string.printable.strip()]
    words += [("\u2581" + a + b, -4.0) for a in string.ascii_lowercase for b in string.ascii_lowercase]
    tokenizer = Tokenizer(models.Unigram(words, unk_id=2))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
        model_max_length=longest,
    )


def clip_tokenizer(longest: int) -> Any:
    """A byte-level tokenizer without merges: start 0, pad 1, end 2, unknown 3. Serves CLIP's and LLaMA's place."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    start, end = "<|startoftext|>", "<|endoftext|>"
    words = [start, "<pad>", end, "<unk>", *sorted(pre_tokenizers.ByteLevel.alphabet())]
    tokenizer = Tokenizer(
        models.BPE(vocab={word: index for index, word in enumerate(words)}, merges=[], unk_token="<unk>")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}", special_tokens=[(start, 0), (end, 2)]
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token=start,
        eos_token=end,
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=longest,
    )


def chat_tokenizer(longest: int) -> Any:
    """The tokenizer of a chat model: that of `clip_tokenizer`, and a template that puts a question into a chat."""
    tokenizer = clip_tokenizer(longest)
    tokenizer.chat_template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    return tokenizer
