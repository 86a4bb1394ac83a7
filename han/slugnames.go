package han

// readingOverrides lists, in simplified characters, words whose readings are not what their characters
// have by themselves, most of them names of places, and single characters that names read in another way
// than running text.
const readingOverrides = "长 chang, 都 du, 曾 zeng, 任 ren, 乐 le, 埔 pu, 涌 chong, 圩 xu, 滘 jiao, 埗 bu, 薄 bo, " +
	"番禺 pan yu, 厦门 xia men, 重庆 chong qing, 六安 lu an, 六合 lu he, 蚌埠 beng bu, 乐清 yue qing, 台州 tai zhou, 天台 tian tai, " +
	"丽水 li shui, 洪洞 hong tong, 大埔 da bu, 黄埔 huang pu, 东莞 dong guan, 莞城 guan cheng, 莞 guan, 郁南 yu nan, 佛山 fo shan, " +
	"中山 zhong shan, 珠海 zhu hai, 汕头 shan tou, 长沙 chang sha, 长春 chang chun, 长治 chang zhi, 长乐 chang le, 成都 cheng du, " +
	"都江堰 du jiang yan, 都匀 du yun, 首都 shou du, 朝阳 chao yang, 朝天 chao tian, 单县 shan xian, 蔚县 yu xian, 尉犁 yu li, " +
	"浚县 xun xian, 泌阳 bi yang, 亳州 bo zhou, 儋州 dan zhou, 歙县 she xian, 东阿 dong e, 阿坝 a ba, 牟平 mu ping, 中牟 zhong mu, " +
	"莘县 shen xian, 莘庄 xin zhuang, 华县 hua xian, 渑池 mian chi, 柘城 zhe cheng, 繁峙 fan shi, 隰县 xi xian, 乐亭 lao ting, " +
	"井陉 jing xing, 监利 jian li, 铅山 yan shan, 弋阳 yi yang, 闽侯 min hou, 鄞州 yin zhou, 嵊州 sheng zhou, 诸暨 zhu ji, 鄄城 juan cheng, " +
	"无棣 wu di, 临朐 lin qu, 栖霞 qi xia, 筠连 jun lian, 犍为 qian wei, 邛崃 qiong lai, 郫都 pi du, 什邡 shi fang, 宕昌 tan chang, " +
	"珙县 gong xian, 叙永 xu yong, 且末 qie mo, 若羌 ruo qiang, 莎车 sha che, 喀什 ka shi, 吐鲁番 tu lu fan, 洛川 luo chuan, " +
	"吕梁 lyu liang, 盱眙 xu yi, 睢宁 sui ning, 睢县 sui xian, 涡阳 guo yang, 砀山 dang shan, 黟县 yi xian, 枞阳 zong yang, 濉溪 sui xi, " +
	"洪泽 hong ze, 郯城 tan cheng, 莒县 ju xian, 兖州 yan zhou, 曲阜 qu fu, 任丘 ren qiu, 任县 ren xian, 藁城 gao cheng, 蠡县 li xian, " +
	"大城县 dai cheng xian, 行唐 xing tang, 万全 wan quan, 会稽 kuai ji, 会宁 hui ning, 会泽 hui ze, 会理 hui li, 四会 si hui, 新会 xin hui, " +
	"阆中 lang zhong, 綦江 qi jiang, 涪陵 fu ling, 北碚 bei bei, 酉阳 you yang, 秭归 zi gui, 郧阳 yun yang, 黄陂 huang pi, 陂 bei, 猇亭 xiao ting, " +
	"耒阳 lei yang, 郴州 chen zhou, 汨罗 mi luo, 枝江 zhi jiang, 婺源 wu yuan, 鄱阳 po yang, 余干 yu gan, 万载 wan zai, 高要 gao yao, " +
	"东兴 dong xing, 百色 bai se, 容县 rong xian, 岑溪 cen xi, 乐业 le ye, 乐山 le shan, 乐平 le ping, 平乐 ping le, 长洲 chang zhou, " +
	"茌平 chi ping, 西藏 xi zang, 陕西 shaan xi, 昌都 chang du, 林芝 lin zhi, 那曲 na qu, 大理 da li, 勐海 meng hai, 勐腊 meng la, 景颇 jing po, " +
	"哈密 ha mi, 克孜勒苏 ke zi le su, 巴音郭楞 ba yin guo leng, 博尔塔拉 bo er ta la, 伊犁 yi li, 阿克苏 a ke su, 阿勒泰 a le tai, " +
	"阿拉善 a la shan, 阿里 a li, 巴彦淖尔 ba yan nao er, 呼和浩特 hu he hao te, 鄂尔多斯 e er duo si, 香港 xiang gang, 九龙 jiu long, " +
	"尖沙咀 jian sha zui, 澳门 ao men, 柬埔寨 jian pu zhai, 新加坡 xin jia po, 三藩 san fan, 秘鲁 bi lu, 槟城 bin cheng, 槟榔屿 bin lang yu, " +
	"校长 xiao zhang, 会长 hui zhang, 市长 shi zhang, 镇长 zhen zhang, 村长 cun zhang, 乡长 xiang zhang, 家长 jia zhang, 长者 zhang zhe, " +
	"长辈 zhang bei, 长老 zhang lao, 成长 cheng zhang, 秘书长 mi shu zhang, 理事长 li shi zhang, 部长 bu zhang, 局长 ju zhang, 队长 dui zhang, " +
	"团长 tuan zhang, 生长 sheng zhang, 音乐 yin yue, 乐队 yue dui, 乐团 yue tuan, 乐器 yue qi, 粤乐 yue yue, 民乐 min yue, 声乐 sheng yue, " +
	"乐社 yue she, 曲艺 qu yi, 歌曲 ge qu, 戏曲 xi qu, 粤曲 yue qu, 银行 yin hang, 行业 hang ye, 同行 tong hang, 商行 shang hang, 会计 kuai ji, " +
	"重阳 chong yang, 重建 chong jian, 重修 chong xiu, 重逢 chong feng, 重温 chong wen, 调解 tiao jie, 调查 diao cha, 调研 diao yan, 传记 zhuan ji, " +
	"自传 zi zhuan, 宝藏 bao zang, 参加 can jia, 参观 can guan, 朝夕 zhao xi, 便宜 pian yi, 便民 bian min, 率领 shuai ling, 效率 xiao lyu, " +
	"觉悟 jue wu, 睡觉 shui jiao, 还乡 huan xiang, 还原 huan yuan, 归还 gui huan, 种植 zhong zhi, 种子 zhong zi, 盛会 sheng hui, 大厦 da sha, " +
	"数学 shu xue, 着手 zhuo shou, 着装 zhuo zhuang, 发展 fa zhan, 为民 wei min, 中医 zhong yi, 中奖 zhong jiang, 得奖 de jiang, 石 shi, 车 che, " +
	"系 xi, 地 di, 的 de, 校 xiao, 教 jiao, 宿 su, 盛 sheng, 少年 shao nian, 少儿 shao er, 少 shao, 好 hao, 兴 xing, 中 zhong, 相 xiang, 处 chu, " +
	"联系 lian xi, 分 fen, 正 zheng, 正月 zheng yue, 应 ying, 藏 cang, 传 chuan, 调 diao, 给 gei, 更 geng, 合 he, 和 he, 会 hui, 了 le, 便 bian, " +
	"差 cha, 间 jian, 将 jiang, 强 qiang, 切 qie, 曲 qu, 舍 she, 识 shi, 提 ti, 为 wei, 血 xue, 要 yao, 与 yu, 只 zhi, 折 zhe, 转 zhuan, 着 zhe, 大 da, " +
	"单 dan, 行 xing, 重 zhong, 朝 chao, 郁 yu, 台 tai, 番 fan, 里 li, 干 gan, 乾坤 qian kun, 乾隆 qian long, 著名 zhu ming, 著作 zhu zuo, 名著 ming zhu, " +
	"尾 wei, 叶 ye, 覃 qin, 仇 qiu, 解 jie, 查 cha, 区 qu, 洗 xi, 冼 xian, 单于 chan yu, 尉 wei, 尉迟 yu chi, 万 wan, 万俟 mo qi, 盖 gai, 柏 bai, 翟 zhai"
