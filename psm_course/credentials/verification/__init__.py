"""Is this certificate genuine? Published facts in, one verdict out."""
