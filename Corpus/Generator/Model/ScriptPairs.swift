// Traditional characters and words of the generator's vocabulary with their Simplified counterparts.

/// The correspondence between the two Chinese scripts, for the characters that the vocabulary uses.
///
/// Every character outside the lists is written the same in both. The pairs agree with the Unihan property
/// `kSimplifiedVariant` and with the characters ICU's transliterator `Traditional-Simplified` yields.
enum ScriptPairs {
  /// Traditional characters whose Simplified form differs.
  static let traditional = """
    衞並乾亞來侶係倉個們偉偽傑備傳債傷傾僱價儀億優儲兒內兩別刪則剛創劃劇劉劏劑動務勝勢匯區協參吳員問單國圍\
    園圓圖團執報場塊塵壓壞壯夠嬰孫學宮實審寫寬寶將專尋對導層屬島師帳帶幣幹庫廂廟廠廢廣廳張強彈後從復恆惡\
    態憑憶應戰戲戶掃採損搵摺擇擊據擠擬攝敗數斷於時書會東條楊業極構樂樓標樣樹橋機檔檢權歐歷氣決沒沖況減測\
    準溫滬漁漢漸潛潤濕濟瀉灣為無煙熱燒營爭爺狀獅獎獵獸現環產畢畫異當疊療發監盤眾確碼礎礙礦禍稅種穀積穩窩\
    競節範築簡簽籌籲粵約紅納紙級細終組結絕絡統經綠維網線編緩練縣縫總織繪繼續纖纜罰羅義習聞聯職聽脈脹腎腦\
    腫腳腸膚膠臟臨與興舉華萬葉蓋蕭薦藍藝藥蘋蘭處虛號蝕蟲術衛裏補裝製複見規視親覺覽觸訂計訊訓託記設許訴診\
    詐評詞詢試詩話該誌認語誠誤說課調請諮講謝證識譚譜譯議護讀變讓豐豬貓負財貨貪責買貸費貿資賢賣質賬購賽贈\
    趨蹤車軍軟載輝輪輯輸輻轉辦農這連週進遊運過達違遠遲選遺還邊郵鄉鄧鄭鄰醜醫醬釋針鈕銀銅銷鋁鋅鋼錄錢錫錶\
    鍵鍾鎮鎵鏈鏡鐘鐵鑼鑽長門閃開間關陳陸陽隊階際隨險隱雖雙雜雞離雲電霧響頁項須預頭頸頻題額願類顧顯風颱飛\
    飲飾養餘館馬馮駕駛騙驗驟體髮魚鳥鳳鴨鵝鹽麥麵麼黃點黨齒龍
    """

  /// The Simplified forms, at the same places.
  static let simplified = """
    卫并干亚来侣系仓个们伟伪杰备传债伤倾雇价仪亿优储儿内两别删则刚创划剧刘㓥剂动务胜势汇区协参吴员问单国围\
    园圆图团执报场块尘压坏壮够婴孙学宫实审写宽宝将专寻对导层属岛师帐带币干库厢庙厂废广厅张强弹后从复恒恶\
    态凭忆应战戏户扫采损揾折择击据挤拟摄败数断于时书会东条杨业极构乐楼标样树桥机档检权欧历气决没冲况减测\
    准温沪渔汉渐潜润湿济泻湾为无烟热烧营争爷状狮奖猎兽现环产毕画异当叠疗发监盘众确码础碍矿祸税种谷积稳窝\
    竞节范筑简签筹吁粤约红纳纸级细终组结绝络统经绿维网线编缓练县缝总织绘继续纤缆罚罗义习闻联职听脉胀肾脑\
    肿脚肠肤胶脏临与兴举华万叶盖萧荐蓝艺药苹兰处虚号蚀虫术卫里补装制复见规视亲觉览触订计讯训托记设许诉诊\
    诈评词询试诗话该志认语诚误说课调请咨讲谢证识谭谱译议护读变让丰猪猫负财货贪责买贷费贸资贤卖质账购赛赠\
    趋踪车军软载辉轮辑输辐转办农这连周进游运过达违远迟选遗还边邮乡邓郑邻丑医酱释针钮银铜销铝锌钢录钱锡表\
    键钟镇镓链镜钟铁锣钻长门闪开间关陈陆阳队阶际随险隐虽双杂鸡离云电雾响页项须预头颈频题额愿类顾显风台飞\
    饮饰养余馆马冯驾驶骗验骤体发鱼鸟凤鸭鹅盐麦面么黄点党齿龙
    """

  /// Words of Hong Kong that the mainland says otherwise: word, counterpart, word, counterpart, …
  static let mainlandWords = """
    嘅 的 咗 了 唔 不 喺 在 佢 他 係 是 啲 些 冇 没有 嚟 来 嗰 那 點樣 怎样 而家 现在 佢哋 他们 我哋 我们 睇吓 看看 鍾意 喜欢 搵工 找工作 \
    的士 出租车 巴士 公交车 機械人 机器人 網絡 网络 寬頻 宽带 頻寬 带宽 數據機 调制解调器 屏幕 屏幕 電單車 摩托车 單車 自行车 月台 站台 \
    塞車 堵车 沽空 做空 窩輪 权证 按揭 房贷 樓價 房价 樓市 楼市 寫字樓 写字楼 豪宅 豪宅 呎價 单价 公屋 公租房 居屋 经济适用房 電郵 邮件 \
    網上 在线 顧客 顾客 颱風 台风 水浸 内涝 警員 民警 幼稚園 幼儿园 質素 质量 打印機 打印机 手提電腦 笔记本电脑 聊天機械人 聊天机器人
    """

  /// Turns words into their Simplified forms.
  struct Converter {
    private let characters: [Unicode.Scalar: Unicode.Scalar]
    private let words: [Substring: Substring]

    /// A converter with all the pairs.
    init() {
      characters = Dictionary(
        zip(ScriptPairs.traditional.unicodeScalars, ScriptPairs.simplified.unicodeScalars),
        uniquingKeysWith: { first, _ in first })
      let list = ScriptPairs.mainlandWords.split(separator: " ")
      words = Dictionary(
        zip(
          stride(from: 0, to: list.count - 1, by: 2).map { list[$0] },
          stride(from: 1, to: list.count, by: 2).map { list[$0] }), uniquingKeysWith: { first, _ in first })
    }

    /// The Simplified form of a word.
    func simplified(_ word: Substring) -> String {
      if let counterpart = words[word] { return String(counterpart) }
      var result = String.UnicodeScalarView()
      for scalar in word.unicodeScalars { result.append(characters[scalar] ?? scalar) }
      return String(result)
    }
  }
}
