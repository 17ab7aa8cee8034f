// What documents are about: sixteen themes in four sections, with the words of each in English and Chinese.

/// A subject with the words that are typical of it, the most frequent first, separated by blanks. Chinese words are
/// in Traditional characters as used in Hong Kong; the Simplified forms come from ``ScriptPairs``.
struct ThemeWords {
  /// The section of a newspaper the theme belongs to: the `category` field of a document.
  let section: String
  /// English words, some of them mixed tokens.
  let english: String
  /// Chinese words, some of them mixed tokens.
  let chinese: String

  /// All themes; the order is part of the corpus that a seed gives.
  static let all: [ThemeWords] = technology + biotech + finance + civic

  private static let technology = [
    ThemeWords(
      section: "technology",
      english: """
        network 5G mobile broadband operator spectrum antenna coverage fibre roaming subscriber router bandwidth latency \
        base-station carrier 4G 6G Wi-Fi signal satellite telecom handover tower cable undersea modem tariff prepaid \
        SIM eSIM voice-over-IP packet backbone congestion uplink downlink peering IPv6 VPN millimetre mesh
        """,
      chinese: """
        網絡 5G網絡 流動 寬頻 電訊 頻譜 天線 覆蓋 光纖 漫遊 用戶 路由器 頻寬 延遲 基站 營辦商 4G 6G Wi-Fi 訊號 衛星 電訊商 鐵塔 \
        電纜 海底電纜 數據機 收費 儲值卡 SIM卡 eSIM 通話 封包 骨幹 擠塞 上載 下載 互聯 IPv6 VPN 毫米波 訊號塔 月費 5G手機 物聯網
        """),
    ThemeWords(
      section: "technology",
      english: """
        chip semiconductor wafer foundry 3nm transistor lithography fab packaging yield node 5nm EUV silicon GPU memory \
        processor DRAM HBM3 NAND MI300X CPU FPGA chiplet die substrate photoresist etching deposition cleanroom tape-out \
        RISC-V ARM interconnect bandwidth thermal voltage gallium nitride SiC ASIC NVMe PCIe interposer
        """,
      chinese: """
        晶片 半導體 晶圓 3nm 代工 製程 3nm製程 電晶體 光刻 光刻機 封裝 良率 5nm 矽 處理器 記憶體 圖形處理器 GPU DRAM HBM3 \
        MI300X 供應鏈 芯片 基板 光阻 蝕刻 沉積 無塵室 流片 設計 RISC-V架構 互連 散熱 電壓 氮化鎵 碳化矽 ASIC PCIe介面 集成電路 \
        出口管制 產能 廠房 2nm 先進封裝
        """),
    ThemeWords(
      section: "technology",
      english: """
        software AI model algorithm training code cloud developer search database language-model API neural learning server \
        C++ open-source Python Node.js .NET Swift compiler inference dataset token prompt chatbot benchmark query index \
        encryption container Kubernetes Linux deploy debugging repository library function thread cache latency xTrimo \
        read_file robotics automation
        """,
      chinese: """
        軟件 人工智能 模型 算法 AI模型 訓練 代碼 雲端 開發者 搜尋 數據庫 大模型 程式 神經網絡 伺服器 C++ 開源 Python 編譯器 推理 數據集 \
        提示 聊天機械人 基準 查詢 索引 加密 容器 部署 倉庫 函數 線程 緩存 機器學習 xTrimo 機械人 自動化 API接口 AI晶片 編程 Linux系統 \
        工程師 生成式AI 用戶界面
        """),
    ThemeWords(
      section: "technology",
      english: """
        phone smartphone screen battery camera app iPhone15 laptop tablet headset wearable charging display Android iOS \
        OLED USB-C e-commerce sensor drone gaming console keyboard smartwatch foldable pixel firmware bluetooth HDMI \
        accessory gadget unboxing T-shirt streaming e-bike electric vehicle charger autopilot lidar
        """,
      chinese: """
        手機 智能手機 屏幕 電池 相機 應用程式 iPhone15 手提電腦 平板電腦 耳機 穿戴裝置 充電 顯示屏 Android系統 iOS OLED屏幕 USB-C接口 電商 \
        感應器 無人機 電競 遊戲機 鍵盤 智能手錶 摺疊 像素 固件 藍牙 HDMI線 配件 開箱 串流 電單車 電動車 充電器 自動駕駛 激光雷達 4K電視 \
        T恤 卡拉OK K歌 網購 直播 配送
        """),
  ]

  private static let biotech = [
    ThemeWords(
      section: "biotech",
      english: """
        drug trial patient clinical dose placebo approval phase therapy tumour cancer safety efficacy FDA antibody compound \
        oncology inhibitor cohort endpoint biopharma pipeline licensing molecule PD-1 ADC biosimilar toxicity adverse \
        randomised double-blind survival remission dosage tablet injection insulin GLP-1 obesity diabetes
        """,
      chinese: """
        藥物 臨床 試驗 患者 劑量 安慰劑 批准 III期 療法 腫瘤 癌症 安全性 療效 FDA 抗體 化合物 腫瘤科 抑制劑 新藥 終點 生物製藥 管線 授權 \
        分子 PD-1抑制劑 ADC藥物 生物類似藥 毒性 不良反應 隨機 雙盲 存活率 緩解 藥片 注射 胰島素 GLP-1藥物 肥胖 糖尿病 藥監局 III期臨床 \
        創新藥 藥企 研發
        """),
    ThemeWords(
      section: "biotech",
      english: """
        gene genome DNA sequencing cell protein RNA CRISPR editing mutation stem-cell genetic biology enzyme laboratory \
        BioMap single-cell chromosome variant expression receptor peptide plasmid vector CAR-T transcription folding \
        AlphaFold bioinformatics assay biomarker embryo tissue organoid microscope culture PCR amino-acid synthesis
        """,
      chinese: """
        基因 基因組 DNA 測序 細胞 蛋白質 RNA 編輯 突變 幹細胞 遺傳 生物學 酶 實驗室 DNA測序 染色體 變異 表達 受體 多肽 質粒 載體 CAR-T療法 \
        轉錄 摺疊 生物信息 檢測 生物標誌物 胚胎 組織 類器官 顯微鏡 培養 PCR檢測 氨基酸 合成 CRISPR技術 生命科學 科學家 實驗 樣本 百圖生科 \
        生物科技 科學園
        """),
    ThemeWords(
      section: "biotech",
      english: """
        hospital doctor health nurse surgery treatment medical clinic patients care emergency ward specialist diagnosis \
        waiting insurance heart stroke kidney elderly scan MRI X-ray surgeon transplant donor prescription pharmacy \
        rehabilitation mental physiotherapy dementia chronic outpatient operation pain sleep diet exercise
        """,
      chinese: """
        醫院 醫生 健康 護士 手術 治療 醫療 診所 病人 護理 急症室 病房 專科 診斷 輪候 保險 心臟 中風 腎臟 長者 掃描 CT掃描 X光 外科 移植 捐贈者 \
        處方 藥房 復康 精神健康 物理治療 認知障礙 慢性 門診 醫管局 痛症 睡眠 飲食 運動 中醫 醫護 體檢 血壓 公立醫院
        """),
    ThemeWords(
      section: "biotech",
      english: """
        vaccine virus Covid-19 infection outbreak mRNA influenza epidemic dose quarantine variant pandemic immune symptoms \
        booster SARS-CoV-2 BA.5 mask respiratory transmission antigen antiviral hygiene surveillance testing dengue \
        bird-flu WHO incubation tracing ventilation immunity pathogen bacteria resistance fever cough
        """,
      chinese: """
        疫苗 病毒 Covid-19疫苗 感染 爆發 mRNA疫苗 流感 疫情 接種 隔離 變種 新冠 免疫 症狀 加強劑 SARS-CoV-2 BA.5變種 口罩 呼吸道 傳播 抗原 \
        抗病毒 衞生 監測 快速測試 登革熱 禽流感 世衞 潛伏期 追蹤 通風 抗體水平 病原體 細菌 抗藥性 發燒 咳嗽 衞生署 確診 個案 Covid-19 \
        防疫 醫學 流感針
        """),
  ]

  private static let finance = [
    ThemeWords(
      section: "finance",
      english: """
        shares stock index investors trading listing IPO exchange Hang-Seng prospectus equity fund earnings dividend \
        shareholder brokerage turnover H-share ETF rally futures volatility short-selling buyback valuation underwriter \
        bull bear portfolio hedge derivative warrant secondary placement suspended Nasdaq S&P500 sponsor sponsors
        """,
      chinese: """
        股份 股票 指數 投資者 交易 上市 IPO 港交所 恒生指數 招股書 A股 H股 基金 盈利 股息 股東 券商 成交額 ETF 反彈 期貨 波動 沽空 回購 估值 \
        包銷商 牛市 熊市 投資組合 對沖 衍生工具 窩輪 配售 停牌 納斯達克 保薦人 18A章 港股 美股 科指 ETF基金 藍籌股 北水 滬深
        """),
    ThemeWords(
      section: "finance",
      english: """
        bank banks loan interest deposit credit mortgage payment lending HSBC HKMA fintech liquidity customer branch wallet \
        capital regulator compliance laundering virtual-bank e-wallet card fraud transfer cheque savings default \
        collateral bitcoin stablecoin crypto blockchain tokenised ledger custody audit fee Basel
        """,
      chinese: """
        銀行 貸款 利率 存款 信貸 按揭 支付 匯豐 金管局 金融科技 流動性 客戶 分行 錢包 資本 監管 合規 洗黑錢 虛擬銀行 電子錢包 信用卡 詐騙 轉賬 \
        支票 儲蓄 違約 抵押品 比特幣 穩定幣 加密貨幣 區塊鏈 代幣 賬本 託管 審計 手續費 加息 減息 壞賬 轉數快 P2P貸款 個人貸款 跨境 理財通
        """),
    ThemeWords(
      section: "finance",
      english: """
        property housing flat price rent developer land home estate sale buyers tender tenants square-foot mortgage stamp-duty \
        landlord redevelopment office vacancy REIT apartment auction plot subsidised tower construction contractor \
        renovation lease valuation agents luxury parking nano-flat mall retail footfall
        """,
      chinese: """
        樓價 房屋 單位 地產 租金 發展商 土地 樓市 屋苑 成交 買家 招標 租客 呎價 印花稅 業主 重建 寫字樓 空置率 REIT 住宅 拍賣 地皮 公屋 居屋 \
        建築 承建商 裝修 租約 估價 代理 豪宅 車位 納米樓 商場 零售 人流 一手盤 二手 劏房 收購 入伙 落成 物業
        """),
    ThemeWords(
      section: "finance",
      english: """
        economy trade growth GDP inflation exports tariff currency dollar yuan imports manufacturing consumption budget tax \
        unemployment recession deficit reserve central-bank fiscal stimulus supply-chain logistics freight port customs \
        Bay-Area yield bond treasury oil gold commodity shipping wage productivity surplus
        """,
      chinese: """
        經濟 貿易 增長 GDP 通脹 出口 關稅 貨幣 美元 人民幣 進口 製造業 消費 財政預算 稅 失業率 衰退 赤字 儲備 央行 財政 刺激 供應鏈 物流 貨運 \
        港口 海關 大灣區 收益率 債券 國債 石油 黃金 商品 航運 工資 生產力 盈餘 匯率 旅遊業 GDP增長 外匯 聯儲局 一帶一路
        """),
  ]

  private static let civic = [
    ThemeWords(
      section: "civic",
      english: """
        MTR train station bus traffic passengers line railway airport route ferry driver tunnel fare flight taxi bridge runway \
        commuter timetable platform tram minibus delay interchange road-works congestion cyclist pedestrian Octopus \
        highway toll signalling breakdown escalator luggage Cathay check-in high-speed
        """,
      chinese: """
        港鐵 列車 車站 巴士 交通 乘客 路線 鐵路 機場 航線 渡輪 司機 隧道 車費 航班 的士 大橋 跑道 通勤 時間表 月台 電車 小巴 延誤 轉車 \
        道路工程 塞車 單車 行人 八達通 公路 收費 訊號故障 故障 扶手電梯 行李 國泰 登機 高鐵 西九龍 口岸 運輸署 車廂 車禍
        """),
    ThemeWords(
      section: "civic",
      english: """
        court law police judge lawmakers legislation council election appeal case bill lawyer justice rights arrested charged \
        evidence sentence officers tribunal prosecution ordinance constitution amendment ballot candidate consultation \
        hearing verdict bail defendant witness fraud corruption ICAC Legco privacy ombudsman
        """,
      chinese: """
        法院 法例 警方 法官 議員 立法會 區議會 選舉 上訴 案件 草案 律師 司法 權利 被捕 被控 證據 判刑 警員 審裁處 檢控 條例 基本法 修訂 選票 \
        候選人 諮詢 聆訊 裁決 保釋 被告 證人 詐騙 貪污 廉署 私隱 申訴專員 投票 行政長官 施政報告 政制 保安局 罰款 監禁
        """),
    ThemeWords(
      section: "civic",
      english: """
        school university students teachers education exam course campus museum art film music culture festival exhibition \
        scholarship kindergarten curriculum degree tuition graduate professor lecture theatre concert heritage gallery \
        artist novel poem dance opera cinema library sport football match swimming badminton
        """,
      chinese: """
        學校 大學 學生 老師 教育 考試 課程 校園 博物館 藝術 電影 音樂 文化 節日 展覽 獎學金 幼稚園 學位 學費 畢業生 教授 講座 劇院 演唱會 文物 \
        畫廊 藝術家 小說 詩 舞蹈 粵劇 戲院 圖書館 體育 足球 比賽 游泳 羽毛球 文憑試 DSE考試 家長 中學 小學 教育局
        """),
    ThemeWords(
      section: "civic",
      english: """
        weather typhoon rain climate temperature environment waste energy carbon recycling emissions pollution flood warning \
        plastic solar wind landslide PM2.5 conservation country-park wetland biodiversity species dolphin heatwave \
        humidity rainfall observatory storm tide electricity CLP nuclear reservoir sewage green ESG
        """,
      chinese: """
        天氣 颱風 下雨 氣候 氣溫 環境 廢物 能源 碳排放 回收 排放 污染 水浸 警告 塑膠 太陽能 風力 山泥傾瀉 PM2.5 保育 郊野公園 濕地 生物多樣性 \
        物種 海豚 酷熱 濕度 雨量 天文台 暴雨 潮汐 電力 中電 核電 水塘 污水 綠色 ESG ESG基金 減碳 黑雨 寒冷 空氣質素 八號風球
        """),
  ]
}
