"""Write the generated parts of docs/reference, in the current folder."""

from pathlib import Path

from newsspider.reference.pages import fill_page


def main() -> None:
    """Write each page anew."""
    for path in sorted(Path("docs/reference").glob("*.md")):
        path.write_text(fill_page(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
