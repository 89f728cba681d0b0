"""Documents and pictures as bytes: plain data in, a file out, and no idea where data are."""
