"""Cut a page into blocks of text in document order, and keep the elements around them."""
