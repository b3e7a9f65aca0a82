"""Finding the memory of a page's site in a worker."""

import pickle
from pathlib import Path

from newsspider.site_memory import lookup
from newsspider.site_memory.gathering import GatheredMemories
from newsspider.site_memory.lookup import MemoryFile, OneMemory, write_memory_file
from newsspider.site_memory.memory import learn
from tests.site_memory.made import article

MEMORY = learn(None, map(article, range(9)))
STORED = (MEMORY.site, MEMORY.state, MEMORY.to_bytes())


def test_one_memory_is_its_sites_only_and_can_be_sent() -> None:
    memories = pickle.loads(pickle.dumps(OneMemory(*STORED)))
    found = memories.memory_of("herald.example")
    assert found is not None
    assert found.state == MEMORY.state
    assert memories.memory_of("other.example") is None
    assert memories.memory_of(None) is None


def test_file_has_the_memories_of_all_sites(tmp_path: Path) -> None:
    memories = write_memory_file(tmp_path / "memories of sites?#.db", [STORED, ("empty.example", "", b"")])
    found = pickle.loads(pickle.dumps(memories)).memory_of("herald.example")
    assert found is not None
    assert found.state == MEMORY.state
    assert memories.memory_of("empty.example") is None
    assert memories.memory_of("other.example") is None
    assert memories.memory_of(None) is None


def test_damaged_bytes_are_no_memory() -> None:
    assert OneMemory("herald.example", "0", b"NSM").memory_of("herald.example") is None


def test_only_the_last_memories_are_held(tmp_path: Path) -> None:
    rows = [(f"{number}.example", f"{number:016x}", MEMORY.to_bytes()) for number in range(lookup.HELD_MEMORIES + 9)]
    memories = write_memory_file(tmp_path / "memories.db", rows)
    for site, *_ in rows:
        assert memories.memory_of(site) is not None
    assert len(lookup._held) == lookup.HELD_MEMORIES


def test_memories_that_grow_in_a_file_are_those_that_are_learnt_at_once(tmp_path: Path) -> None:
    gathered = GatheredMemories(tmp_path / "memories.db")
    for number in reversed(range(2_100)):
        gathered.add(article(number))
    memories = gathered.finish()
    assert isinstance(memories, MemoryFile)
    assert gathered.pages == 2_100
    found = memories.memory_of("herald.example")
    assert found is not None
    assert found.to_bytes() == learn(None, map(article, range(2_100))).to_bytes()
