"""A model server on PyTorch that is a test part: it speaks what the Java mock speaks, and computes what it answers."""
