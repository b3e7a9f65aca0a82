"""One finder a field; the order of its sources is its documentation."""
