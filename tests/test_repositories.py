"""Repositories: one canonical URL for all links that lead to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.repositories import is_forge, repository_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/pytorch/pytorch", "https://github.com/pytorch/pytorch"),
        ("http://www.github.com/pytorch/pytorch.git", "https://github.com/pytorch/pytorch"),
        ("github.com/pytorch/pytorch/", "https://github.com/pytorch/pytorch"),
        ("https://github.com/a/b/tree/main/src", "https://github.com/a/b"),
        ("https://github.com/a/b/blob/main/x.py#L3", "https://github.com/a/b"),
        ("https://github.com/a/b?tab=readme", "https://github.com/a/b"),
        ("https://github.com/a/b.", "https://github.com/a/b"),
        ("HTTPS://GitHub.com/A/B", "https://github.com/A/B"),
        (r"https://github.com/a/b\_c", "https://github.com/a/b_c"),
        ("https://gitlab.com/a/b/-/tree/main", "https://gitlab.com/a/b"),
        ("https://bitbucket.org/a/b/src", "https://bitbucket.org/a/b"),
        ("https://hf.co/a/b", "https://huggingface.co/a/b"),
        ("https://huggingface.co/gpt2", "https://huggingface.co/gpt2"),
        ("https://huggingface.co/datasets/a/b/tree/main", "https://huggingface.co/datasets/a/b"),
        ("https://huggingface.co/spaces/a/b", "https://huggingface.co/spaces/a/b"),
        ("https://anonymous.4open.science/r/X-1/src", "https://anonymous.4open.science/r/X-1"),
        ("https://github.com/a", ""),
        ("https://github.com/", ""),
        ("https://github.com/orgs/a", ""),
        ("https://github.com/a/.git", ""),
        ("https://huggingface.co/papers/2312.00752", ""),
        ("https://huggingface.co/datasets/a", ""),
        ("https://anonymous.4open.science/r", ""),
        ("https://example.org/a/b", ""),
        ("https://notgithub.com/a/b", ""),
        ("", ""),
    ],
)
def test_a_url_leads_to_one_repository_or_to_none(url: str, expected: str) -> None:
    assert repository_url(url) == expected


@given(
    st.from_regex(r"https://(github\.com|hf\.co|gitlab\.com)(/[A-Za-z.]{1,6}){0,5}", fullmatch=True)
)
def test_the_canonical_url_is_its_own(url: str) -> None:
    canonical = repository_url(url)

    assert repository_url(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com", True),
        ("http://www.github.com/orgs/a", True),
        ("https://gist.github.com/a", False),
        ("https://example.org/github.com", False),
    ],
)
def test_a_forge_is_told_by_its_host(url: str, expected: bool) -> None:
    assert is_forge(url) is expected
