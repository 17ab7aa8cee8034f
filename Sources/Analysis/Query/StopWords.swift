// The built-in stop words.

/// Words that say little by themselves, in English and in Chinese. They stay in the index; queries weigh them down.
enum StopWords {
  static let english = """
    a about after all also am an and any are aren't as at be because been before being both but by can can't cannot \
    could couldn't did didn't do does doesn't doing don't during each few for from further had hadn't has hasn't have \
    haven't having he her here hers herself him himself his how i if in into is isn't it its itself just me more most \
    my myself no nor not of off on once only or other our ours ourselves out over own same she should shouldn't so \
    some such than that the their theirs them themselves then there these they this those through to too under until \
    up very was wasn't we were weren't what when where which while who whom whose why will with won't would wouldn't \
    you your yours yourself yourselves
    """

  static let chinese = """
    的 了 和 是 在 有 与 及 或 之 也 都 就 而 这 那 这个 那个 这些 那些 什么 怎么 怎样 怎么样 如何 为什么 哪 哪些 哪个 哪里 \
    谁 吗 么 呢 吧 啊 呀 嘛 我 你 您 他 她 它 我们 你们 他们 她们 它们 自己 以及 并 并且 但 但是 因为 所以 如果 则 对 对于 关于 \
    把 被 让 给 从 到 向 以 于 由 为 为了 将 着 过 得 地 很 最 更 还 又 再 不 没 没有 会 能 可以 可能 应该 要 一个 一些 一种 \
    几 多少 是否 其 其中 此 该 等 上 下 中 里 哋 嘅 咗 喺 係 唔 冇 啲 佢 佢哋 我哋 你哋 乜 乜嘢 点 点样 边个 边度 嗰 呢个 嗰个 咁 \
    同 同埋 都係 嘢 啦 喇 㗎 咩 吖
    """

  /// All of them, folded.
  static let folded = Set((english + " " + chinese).split(separator: " ").map { Folding.fold(String($0)) })
}
