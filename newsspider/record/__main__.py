"""Write the record's JSON schema: `python -m newsspider.record > record.schema.json`."""

import json
import sys

from newsspider.record import record_schema

if __name__ == "__main__":
    sys.stdout.write(json.dumps(record_schema(), indent=2) + "\n")
