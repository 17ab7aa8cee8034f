// The English words that the generator knows by heart: function words in order of frequency, and words of general use.

/// English word lists, most frequent first, separated by blanks.
enum EnglishWords {
  /// Closed-class and other very frequent words.
  static let function = """
    the of and to in a is that for it was on with as by at from be are this have or an were which has had not but \
    his they he she their its we been more will would who one can all also after about other when there if into some \
    than up out may two so new first could most time her him these them then any over only such my no do what said \
    made between through during before being where both under while against each since those because until around \
    should within your our many us did much how well very you I me now even still too here same another just like \
    per without among upon including however although whether across along toward despite yet though am does did \
    least less few several every own once again often
    """

  /// Words of general use in news and instructions.
  static let general = """
    year people percent government company million city world says say week public market report today group system \
    month plan number according state high part use work service country day development business information \
    including international local project national program three last billion way need change cost case level \
    provide increase data support area include results long based former set end end several four five research \
    help next issue future control head announced early late early official officials statement expected added told \
    make take see come know get give find think look become leave feel put mean keep begin show hear run move live \
    believe hold bring happen write sit stand lose pay meet continue learn lead understand watch follow stop create \
    speak read allow add spend grow open walk win offer remember consider appear buy wait serve send expect build \
    stay fall cut reach remain suggest raise pass sell require decide return explain hope develop carry break \
    receive agree thank choose cause point member members law car power line place office important right large \
    small great different young old major better best strong possible whole free clear recent special certain \
    available likely short single common private past foreign current final main full half third second hundred \
    thousand name question problem question answer fact idea side kind room door hand eye face family friend \
    woman women man men child children life home house street road water food money story book word words story \
    job team player game result reason morning night moment course force order center community president minister \
    director manager chief executive chairman spokesman spokeswoman secretary committee council department agency \
    bureau authority industry sector economy policy agreement meeting conference review process standard quality \
    safety risk access value rate total average figure range record list detail details step steps option options \
    version example page section table guide note click select enter press save choose check install remove open \
    close start complete update default file folder settings account password user users customer customers client \
    partner partners staff worker workers employee employees owner student students teacher parent resident \
    residents visitor visitors citizen person body voice letter message phone call email document form date \
    schedule deadline delay opening launch event visit trip tour hotel restaurant shop store product products \
    material equipment facility site region district border mainland harbour island north south east west central \
    Asia Europe China America Japan Singapore London Beijing Shanghai Shenzhen Guangzhou Macau Kowloon Hong Kong
    """
}
