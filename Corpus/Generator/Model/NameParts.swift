// The parts that names of people and companies are made of, in English and in Traditional Chinese, pair by pair.

/// Name parts; the two lists of a pair have equal lengths, so that one choice names the same in both languages.
enum NameParts {
  /// Family names in Hong Kong romanisation.
  static let familyEnglish = """
    Chan Wong Lee Cheung Lau Lam Ho Leung Yeung Ng Tang Tsang Cheng Chow Chung Fung Yip Kwok Mak Tse Lo Poon Yuen Siu \
    Kwan Tam Law To Luk Hui Mok Shum
    """
  /// The same family names in characters.
  static let familyChinese =
    "陳 黃 李 張 劉 林 何 梁 楊 吳 鄧 曾 鄭 周 鍾 馮 葉 郭 麥 謝 羅 潘 袁 蕭 關 譚 羅 杜 陸 許 莫 沈"

  /// Syllables of given names in Hong Kong romanisation.
  static let givenEnglish = """
    ka ming wai man chi wing kin ho yan siu tsz kit mei ling hon lok sze yin fai keung pui kei shun hoi yee chun tak fung \
    ching kwong hang sum
    """
  /// The same syllables in characters.
  static let givenChinese =
    "家 明 偉 文 志 永 健 浩 恩 小 子 傑 美 玲 漢 樂 詩 賢 輝 強 佩 琪 信 海 儀 俊 德 鳳 正 光 恆 心"

  /// What companies do; the second part of their names.
  static let tradeEnglish = """
    Biotech Holdings Semiconductor Pharma Bank Telecom Properties Logistics Capital Technology Robotics Energy Media \
    Medical Securities Airlines
    """
  /// The same in characters.
  static let tradeChinese = "生物科技 控股 半導體 製藥 銀行 電訊 地產 物流 資本 科技 機械人 能源 傳媒 醫療 證券 航空"

  /// Characters for the first part of a Chinese company name.
  static let brandCharacters = "恒 華 新 百 中 和 聯 信 嘉 盛 金 泰 瑞 康 安 遠 達 創 博 智 雲 星 海 天 龍 豐 利 興 維 港 環 協"
}
