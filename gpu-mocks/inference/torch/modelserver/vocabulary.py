"""Words for tokens: each token of the vocabulary is a word, so that what is computed can be read."""

from __future__ import annotations

import hashlib

# The Java mock's, first.
_COMMON = (
    "the a light river stone engine north quiet seven green field carries turns holds under beside morning signal paper glass"
    " and then slowly again window bridge copper letter open salt table wind").split()
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


class Vocabulary:
    """From token to word and back; a word that is in no vocabulary is some token of it all the same."""

    def __init__(self, size: int):
        words = list(_COMMON[:size])
        known = set(words)
        number = 0
        while len(words) < size:
            word = ""
            rest = number
            while not word or rest:
                word += _SYLLABLES[rest % len(_SYLLABLES)]
                rest //= len(_SYLLABLES)
            number += 1
            if word not in known:
                known.add(word)
                words.append(word)
        self.words = words
        self._tokens = {word: token for token, word in enumerate(words)}

    def token(self, word: str) -> int:
        found = self._tokens.get(word)
        if found is None:
            found = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big") % len(self.words)
        return found

    def tokens(self, text: str) -> list[int]:
        """A prompt counts as many tokens as it has words."""
        return [self.token(word) for word in text.split()]

    def text(self, token: int, first: bool) -> str:
        return ("" if first else " ") + self.words[token]
