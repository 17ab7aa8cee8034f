"""The comparison of Loquat with other engines that `Benchmarks/compare` runs."""
