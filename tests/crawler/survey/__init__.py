"""Tests of looking at sites."""
