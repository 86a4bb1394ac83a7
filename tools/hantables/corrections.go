package main

import "strings"

// variantPairs maps variant forms that the dictionaries leave alone to the form search uses.
func variantPairs() map[string]string {
	return pairs("戸户 舖铺 既既 靑青 淸清 鄕乡 粧妆 菓果 馀余 妳你 呉吴 姉姊 舎舍 徳德 恵惠 黒黑 " +
		"槪概 縂总 恊协 踪踪 欵款 畧略 櫈凳 濶阔 鬭斗 閙闹 巿市 卋世 囯国 囶国 圀国 冩写 寳宝 寶宝 " +
		"栢柏 緖绪 朶朵 埀垂 裵裴 衞卫 慇殷 滙汇 匯汇 糰团 嘆叹 廰厅 麯曲 麴曲 " +
		"叄叁 弍贰 弎叁 壱壹 弐贰 冇没 嚐尝 曬晒 灑洒 雑杂 渉涉 髙高 﨑崎 尙尚 歩步 頴颖 頼赖 淨净 湧涌 " +
		"酧酬 讌宴 姸妍 強强 彊强 羣群 擧举 㨂拣 厦厦 廈厦 谿溪 磵涧 菴庵 葢盖 盃杯 砲炮 疎疏 " +
		"臯皋 珎珍 瑠琉 秊年 秌秋 穨颓 竪竖 豎竖 籐藤 絃弦 脉脉 脈脉 蔴麻 蹟迹 跡迹 遊游 邨村 " +
		"鎻锁 閲阅 鞏巩 韮韭 髪发 鬪斗 鷰燕 麽么 鼔鼓 齣出 凉凉 涼凉 况况 況况 凈净 决决 决决 冲冲 沖冲 " +
		"凑凑 湊凑 减减 減减 准准 準准 禀禀 稟禀 犂犁 甦苏 囌苏 穌稣 " +
		"昇升 陞升 喫吃 牀床 濕湿 溼湿 煙烟 菸烟 癡痴 恥耻 祕秘 暱昵 慾欲 佔占 併并 傑杰 儘尽 倣仿 " +
		"倖幸 僱雇 讎仇 週周 註注 誌志 託托 訂订 諮咨 讚赞 鍊炼 鍼针 閒闲 麪面 麵面 瞭了 藉借 覆复 祇只 衹只 " +
		"乾干 幹干 徵征 夥伙 於于 臺台 檯台 颱台 裏里 裡里 畫画 餘余 " +
		"㓰划 㳽弥 䌽彩 䙓摆 䜩宴 䦆镢 䩄腼 侭尽 幺么 擡抬 簷檐 渖沈 睪睾 痺痹 " +
		"勅敕 図图 塩盐 対对 広广 廻回 択择 昻昂 暎映 栁柳 檾苘 歳岁 毎每 気气 涙泪 渇渴 甎砖 痩瘦 皷鼓 盌碗 碁棋 稾稿 糓谷 " +
		"稆穞 縄绳 縆緪 缐线 缾瓶 羮羹 艶艳 薫薰 蘓苏 蟇蟆 覇霸 讬托 谘咨 逓递 郷乡 鉄铁 钜巨 锺钟 镟旋 闗关 隂阴 雠仇 颕颖 飮饮 鬦斗 鵞鹅 麤粗 麹曲 麺面 黙默 齢龄 𢧐战 𢭏捣 𧹒买 𧹔账 𩨂骢 𪠽当 𪨧仑 " +
		"𪪏庐 𫍝谏 𫍿谫 𫔀炼 𫔭开 𫔮闲 𫖕鞲 𫖸愿 𫗫糊 𫗭喂 𫗯糇 𫛲雕 𫜩啮 𫫇恶 𬞟苹 腭颚 齶颚 " +
		"鮎鲶 鲇鲶 〇零 ○零")
}

// pairs reads "ab cd": b is the form that a folds into. A pair that names the same character twice
// only documents that the form is meant to stay.
func pairs(list string) map[string]string {
	out := map[string]string{}
	var from rune
	for _, r := range list {
		switch {
		case r == ' ':
			from = 0
		case from == 0:
			from = r
		case from != r:
			out[string(from)] = string(r)
		}
	}
	return out
}

// hongKongCorrections are forms that are usual in Hong Kong where the dictionary prefers another.
func hongKongCorrections() map[string]string { return pairs("啓啟") }

// hantCorrections are phrases, simplified to traditional, that keep a longer wrong match from winning
// or that are words of associations which the dictionary lacks. They are in the
// dictionary's own forms (裏, not 裡), over which those of a region are laid when a table is loaded.
func hantCorrections() map[string]string {
	return map[string]string{
		"侨联": "僑聯", "侨联系统": "僑聯系統", "妇联": "婦聯", "妇联系统": "婦聯系統", "文联": "文聯",
		"文联系统": "文聯系統", "青联": "青聯", "残联": "殘聯", "科协": "科協", "工商联": "工商聯", "台联": "臺聯",
		"征程": "征程", "新征程": "新征程", "指明了": "指明了", "表明了": "表明了", "说明了": "說明了",
		"证明了": "證明了", "阐明了": "闡明了", "点明了": "點明了", "标明了": "標明了", "写明了": "寫明了",
		"里水": "里水", "里水镇": "里水鎮", "市里水": "市里水", "区里水": "區里水", "和面向": "和面向", "和面对": "和面對",
		"和面临": "和面臨", "和面积": "和面積", "邻里中心": "鄰里中心", "邻里": "鄰里", "乡里": "鄉里", "故里": "故里",
		"里弄": "里弄", "里巷": "里巷", "村里": "村裏", "镇里": "鎮裏", "台山": "台山", "台州": "台州",
		"天台县": "天台縣", "郁南": "鬱南", "郁南县": "鬱南縣", "恭城": "恭城", "征文": "徵文", "征稿": "徵稿",
		"微心愿": "微心願", "志愿": "志願", "志愿者": "志願者", "志愿队": "志願隊", "志愿服务队": "志願服務隊",
		"理事会": "理事會", "系列": "系列", "面向": "面向", "布置": "布置",
		"奖学金发": "獎學金發", "助学金发": "助學金發", "奖金发": "獎金發", "资金发": "資金發", "现金发": "現金發", "基金发": "基金發",
		"凌如焕": "淩如煥", "凌昌焕": "淩昌煥", "北马里亚纳": "北馬里亞納", "伙夫": "伙伕", "讲下": "講下",
		// What conversion makes of a phrase stays when it is converted again.
		"三徵七辟": "三徵七辟", "徵辟": "徵辟", "不食乾腊": "不食乾腊", "伙伕": "伙伕", "划著": "划著", "寓禁於征": "寓禁於征",
		"侨胞": "僑胞", "同乡会": "同鄉會", "会馆": "會館", "宗亲会": "宗親會", "联谊会": "聯誼會",
	}
}

// hansCorrections are phrases, traditional to simplified. 著 becomes 着 by itself, the written form of
// the particle; the words in which it means "to write" or "evident" keep it.
func hansCorrections() map[string]string {
	out := map[string]string{}
	for _, word := range []string{
		"著名", "著作", "著者", "著書", "著述", "著稱", "著錄", "著有", "著述", "著文", "著書立說", "著作權", "著作人",
		"原著", "編著", "專著", "論著", "名著", "顯著", "卓著", "昭著", "土著", "譯著", "遺著", "巨著", "鉅著", "合著",
		"所著", "新著", "近著", "拙著", "較著", "著於", "著于", "著式", "著志", "著白", "撰著", "主著", "共著", "著譯",
		"馳名著", "見微知著", "彰明較著", "恩威並著", "功績卓著", "成效顯著",
	} {
		out[word] = simplifyWord(word)
	}
	return out
}

func simplifyWord(word string) string {
	forms := pairs("書书 稱称 錄录 說说 權权 編编 專专 論论 顯显 譯译 遺遗 鉅巨 較较 於于 馳驰 見见 並并 績绩")
	var out strings.Builder
	for _, r := range word {
		c := string(r)
		if s, ok := forms[c]; ok {
			c = s
		}
		out.WriteString(c)
	}
	return out.String()
}
