"""The one way in which law data is refused: by file and line, with the reason."""


class LawError(Exception):
    """A law file says something that cannot be taken as law."""

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(f"{file}:{line}: {why}")
        self.file = file
        self.line = line
        self.why = why
