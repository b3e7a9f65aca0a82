"""From responses to records, in worker processes beside the event loop."""
