package han

import (
	"strings"
	"sync"
)

// Level is the rank of a place.
type Level int

// The ranks, from the widest. A city is of prefecture level; a city below such a city is a County, and
// so is a district.
const (
	NoLevel Level = iota
	Country
	Province
	City
	County
	Town
	Village
)

// String gives the rank as a lower-case word.
func (l Level) String() string {
	names := [...]string{"", "country", "province", "city", "county", "town", "village"}
	if l < 0 || int(l) >= len(names) {
		return ""
	}
	return names[l]
}

// A Place is one place in the name of an organisation: 三鄉鎮 has the stem 三鄉 and the suffix 鎮. A place
// written without its suffix has none: 江門 in 江門台山市僑聯.
type Place struct {
	Name, Stem, Suffix string
	Level              Level
}

// A gazetteer knows the places that are often named without their suffix. The lists are in simplified
// characters; whatever is looked up is folded, so both scripts are found.
type gazetteer struct {
	level          map[string]Level
	municipalities map[string]bool
	abroad         map[string]bool
	alsoCity       map[string]bool // a province and a city of one name
	words          map[string]bool // places that are ordinary words too and need their suffix
	suffixes       map[string]Level
	longestSuffix  int
	peoples        map[rune][]string // by first character, longest first
}

var gazetteerData = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{
		level:          map[string]Level{},
		municipalities: wordSet(municipalities),
		abroad:         wordSet(countries + " " + citiesAbroad + " " + specialRegions),
		alsoCity:       wordSet("吉林"),
		words:          wordSet("大同 安康 百色 和平 安顺 长治 中卫 吉安 万宁 兴安 石狮"),
		suffixes:       map[string]Level{},
		peoples:        byFirst(wordList(peoples)),
	}
	for level, list := range map[Level]string{
		Country: countries, Province: provinces + " " + municipalities + " " + specialRegions,
		City: cities + " " + citiesAbroad, County: counties,
	} {
		for name := range strings.FieldsSeq(list) {
			name = Fold(name)
			if old, ok := g.level[name]; !ok || level < old {
				g.level[name] = level
			}
		}
	}
	for level, list := range placeSuffixes {
		for suffix := range strings.FieldsSeq(list) {
			g.suffixes[suffix] = level
			g.longestSuffix = max(g.longestSuffix, len([]rune(suffix)))
		}
	}
	return g
})

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[Fold(word)] = true
	}
	return set
}

// placeSuffixes gives the rank that a suffix speaks for; 市 is decided by its place in the name.
var placeSuffixes = map[Level]string{
	Province: "省 自治区 特别行政区",
	City:     "市 州 自治州 盟 地区",
	County: "区 新区 开发区 高新区 工业园区 经济技术开发区 高新技术产业开发区 管理区 林区 特区 县 自治县 " +
		"旗 自治旗 左旗 右旗 前旗 后旗 中旗 联合旗",
	Town:    "镇 乡 民族乡 街道 苏木",
	Village: "村 社区 里 小区 新村 行政村 自然村",
}

// needGazetteer are suffixes that are too common in other words to make a place of unknown letters.
const needGazetteer = "州 盟 地区 特区"

// peoples may stand between a stem and 自治 or 民族乡: 廣西壯族自治區, 恩施土家族苗族自治州.
const peoples = "蒙古族 蒙古 回族 藏族 维吾尔族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 " +
	"哈萨克 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜 柯尔克孜族 土族 达斡尔族 " +
	"仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 锡伯 阿昌族 普米族 塔吉克族 塔吉克 怒族 鄂温克族 独龙族 鄂伦春族 各族"

const countries = "中国 中华人民共和国 日本 韩国 朝鲜 泰国 越南 老挝 柬埔寨 缅甸 马来西亚 新加坡 印度尼西亚 印尼 菲律宾 文莱 " +
	"印度 斯里兰卡 孟加拉 尼泊尔 巴基斯坦 阿联酋 以色列 土耳其 埃及 南非 毛里求斯 马达加斯加 留尼汪 肯尼亚 尼日利亚 加纳 坦桑尼亚 " +
	"美国 加拿大 墨西哥 古巴 牙买加 巴拿马 哥斯达黎加 危地马拉 委内瑞拉 哥伦比亚 厄瓜多尔 秘鲁 巴西 阿根廷 智利 苏里南 圭亚那 " +
	"多米尼加 特立尼达 英国 法国 德国 意大利 西班牙 葡萄牙 荷兰 比利时 卢森堡 瑞士 奥地利 瑞典 挪威 丹麦 芬兰 冰岛 爱尔兰 " +
	"希腊 匈牙利 波兰 捷克 罗马尼亚 保加利亚 塞尔维亚 俄罗斯 乌克兰 澳大利亚 澳洲 新西兰 纽西兰 斐济 巴布亚新几内亚 所罗门 " +
	"大溪地 萨摩亚 瓦努阿图 汤加 帝汶 东帝汶"

const specialRegions = "香港 澳门"

const citiesAbroad = "纽约 旧金山 三藩 洛杉矶 西雅图 波士顿 芝加哥 休斯敦 休斯顿 费城 夏威夷 檀香山 火奴鲁鲁 沙加缅度 萨克拉门托 " +
	"多伦多 温哥华 满地可 蒙特利尔 卡尔加里 卡加利 渥太华 爱德蒙顿 维多利亚 伦敦 曼彻斯特 利物浦 巴黎 米兰 罗马 马德里 巴塞罗那 " +
	"鹿特丹 阿姆斯特丹 柏林 汉堡 悉尼 雪梨 墨尔本 布里斯班 珀斯 阿德莱德 奥克兰 惠灵顿 东京 横滨 神户 大阪 长崎 首尔 仁川 曼谷 " +
	"胡志明 河内 金边 仰光 吉隆坡 槟城 马六甲 怡保 新山 古晋 亚庇 雅加达 泗水 棉兰 马尼拉 宿务 加尔各答 约翰内斯堡 利马 圣保罗 " +
	"柔佛 霹雳 雪兰莪 森美兰 砂拉越 沙巴"

const municipalities = "北京 天津 上海 重庆"

const provinces = "河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 " +
	"西藏 陕西 甘肃 青海 宁夏 新疆 台湾"

const cities = "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 " +
	"呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安 锡林郭勒 阿拉善 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 " +
	"阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 吉林 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 " +
	"七台河 牡丹江 黑河 绥化 大兴安岭 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 " +
	"绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 " +
	"三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 " +
	"泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 " +
	"驻马店 济源 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门 神农架 长沙 株洲 湘潭 衡阳 邵阳 岳阳 " +
	"常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 " +
	"中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 " +
	"泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 " +
	"黔东南 黔南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆 拉萨 日喀则 昌都 林芝 山南 那曲 阿里 " +
	"西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南 西宁 海东 " +
	"海北 黄南 果洛 玉树 海西 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 " +
	"伊犁 塔城 阿勒泰 石河子 台北 新北 桃园 台中 台南 高雄 基隆 新竹 嘉义"

// counties are those whose people abroad have given many associations their names.
const counties = "台山 开平 恩平 鹤山 新会 番禺 顺德 南海 三水 花都 花县 增城 从化 普宁 潮阳 澄海 饶平 大埔 梅县 丰顺 五华 蕉岭 兴宁 " +
	"惠阳 惠来 揭西 海丰 陆丰 高要 四会 怀集 阳春 电白 廉江 吴川 晋江 石狮 南安 安溪 惠安 永春 德化 同安 福清 长乐 闽侯 连江 永定 上杭 " +
	"仙游 漳浦 诏安 东山 古田 文昌 琼海 万宁 乐清 瑞安 青田 文成 永嘉 平阳 苍南 容县 北流 岑溪 博白 腾冲 诸暨 余姚 慈溪 义乌"
