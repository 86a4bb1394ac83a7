package han

import (
	"strings"
	"testing"
)

func showAddress(a Address) string {
	var parts []string
	for _, p := range a.Places {
		parts = append(parts, p.Name+"."+p.Level.String())
	}
	for _, part := range []struct{ name, text string }{
		{"post", a.Postcode}, {"group", a.Group}, {"street", a.Street}, {"lane", a.Lane}, {"no", a.Number}, {"+", a.Detail},
	} {
		if part.text != "" {
			parts = append(parts, part.text+"."+part.name)
		}
	}
	return strings.Join(parts, " ")
}

// The addresses are invented.
var addressCases = []struct{ in, want string }{
	{"廣東省中山市石岐區中山五路88號3樓", "廣東省.province 中山市.city 石岐區.county 中山五路.street 88號.no 3樓.+"},
	{"广东省中山市石岐区中山五路88号3楼", "广东省.province 中山市.city 石岐区.county 中山五路.street 88号.no 3楼.+"},
	{"上海市中山東路12號", "上海市.province 中山東路.street 12號.no"},
	{"上海市黄浦区南京东路100弄5号2室", "上海市.province 黄浦区.county 南京东路.street 100弄.lane 5号.no 2室.+"},
	{"台北市大安區和平東路二段123巷4弄5號6樓之1", "台北市.city 大安區.county 和平東路二段.street 123巷4弄.lane 5號.no 6樓之1.+"},
	{"10699臺北市大安區和平東路2段123巷5號之2", "臺北市.city 大安區.county 10699.post 和平東路2段.street 123巷.lane 5號之2.no"},
	{"新北市板橋區文化里3鄰柳塘街10-2號", "新北市.city 板橋區.county 文化里.village 3鄰.group 柳塘街.street 10-2號.no"},
	{"香港九龍尖沙咀柳塘道100號青藤大廈5樓B室", "香港.province 九龍.city 尖沙咀.county 柳塘道.street 100號.no 青藤大廈5樓B室.+"},
	{"香港灣仔石橋道8號", "香港.province 灣仔.city 石橋道.street 8號.no"},
	{"澳門柳塘馬路12號地下", "澳門.province 柳塘馬路.street 12號.no 地下.+"},
	{"瀾江市雲浦縣石橋鎮柳塘村12號", "瀾江市.city 雲浦縣.county 石橋鎮.town 柳塘村.village 12號.no"},
	{"澜江市云浦县石桥镇柳塘村12号", "澜江市.city 云浦县.county 石桥镇.town 柳塘村.village 12号.no"},
	{"瀾江市雲浦縣石橋鎮柳塘村老戲臺旁", "瀾江市.city 雲浦縣.county 石橋鎮.town 柳塘村.village 老戲臺旁.+"},
	{"青溪省瀾江市荷堰區青藤街道石橋東街三十二號", "青溪省.province 瀾江市.city 荷堰區.county 青藤街道.town 石橋東街.street 三十二號.no"},
	{"青溪省澜江市荷堰区青藤街道石桥社区5栋301", "青溪省.province 澜江市.city 荷堰区.county 青藤街道.town 石桥社区.village 5栋301.+"},
	{"528400廣東省中山市石岐區柳塘路1號", "廣東省.province 中山市.city 石岐區.county 528400.post 柳塘路.street 1號.no"},
	{"廣東省 中山市 石岐區 柳塘路 1號", "廣東省.province 中山市.city 石岐區.county 柳塘路.street 1號.no"},
	{"廣東省，中山市，石岐區，柳塘路1號。", "廣東省.province 中山市.city 石岐區.county 柳塘路.street 1號.no"},
	{"地址：江門市蓬江區柳塘大道中20號", "江門市.city 蓬江區.county 柳塘大道中.street 20號.no"},
	{"會址：三藩市石橋街15號", "三藩市.city 石橋街.street 15號.no"},
	{"美國紐約石橋街15號", "美國.country 紐約.city 石橋街.street 15號.no"},
	{"新加坡柳塘路12號", "新加坡.country 柳塘路.street 12號.no"},
	{"馬來西亞檳城石橋街33號", "馬來西亞.country 檳城.city 石橋街.street 33號.no"},
	{"北京市東城區柳塘胡同7號", "北京市.province 東城區.county 柳塘胡同.street 7號.no"},
	{"北京市朝阳区石桥路甲8号院3号楼", "北京市.province 朝阳区.county 石桥路.street 甲8号.no 院3号楼.+"},
	{"天津市和平区柳塘道9号", "天津市.province 和平区.county 柳塘道.street 9号.no"},
	{"廣西壯族自治區桂林市恭城瑤族自治縣石橋鄉柳塘村", "廣西壯族自治區.province 桂林市.city 恭城瑤族自治縣.county 石橋鄉.town 柳塘村.village"},
	{"江門台山市石橋鎮柳塘路2號", "江門.city 台山市.county 石橋鎮.town 柳塘路.street 2號.no"},
	{"佛山市南海區里水鎮里水大道北66號", "佛山市.city 南海區.county 里水鎮.town 里水大道北.street 66號.no"},
	{"中山市三鄉鎮橋頭村僑胞之家", "中山市.city 三鄉鎮.town 橋頭村.village 僑胞之家.+"},
	{"柳塘路5號", "柳塘路.street 5號.no"},
	{"石橋街十二號二樓", "石橋街.street 十二號.no 二樓.+"},
	{"石橋鎮柳塘路88", "石橋鎮.town 柳塘路.street 88.no"},
	{"浙江省溫州市青田縣石橋鎮柳塘村1組8號", "浙江省.province 溫州市.city 青田縣.county 石橋鎮.town 柳塘村.village 1組.group 8號.no"},
	{"福建省泉州晋江市青藤街道柳塘北路６６號", "福建省.province 泉州.city 晋江市.county 青藤街道.town 柳塘北路.street ６６號.no"},
	{"高雄市鹽埕區柳塘一路3號", "高雄市.city 鹽埕區.county 柳塘一路.street 3號.no"},
	{"台中市西區石橋里柳塘街一段9號", "台中市.city 西區.county 石橋里.village 柳塘街一段.street 9號.no"},
	{"嘉義縣石橋鄉柳塘村5鄰石橋12號", "嘉義縣.county 石橋鄉.town 柳塘村.village 5鄰.group 石橋12號.+"},
	{"重慶市柳塘區石橋正街101號附2號", "重慶市.province 柳塘區.county 石橋正街.street 101號.no 附2號.+"},
	{"新界元朗石橋路1號", "新界.city 元朗.county 石橋路.street 1號.no"},
}

func TestParseAddress(t *testing.T) {
	t.Parallel()
	for _, c := range addressCases {
		a, ok := ParseAddress(c.in, nil)
		if got := showAddress(a); got != c.want || !ok {
			t.Errorf("ParseAddress(%q), %v\n got %s\nwant %s", c.in, ok, got, c.want)
		}
	}
}

func TestParseAddressOfNoAddress(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", " ", "Lantern", "元宵燈會", "“中山市”", "12345", strings.Repeat("路", 200)} {
		if a, ok := ParseAddress(s, nil); ok {
			t.Errorf("ParseAddress(%q) = %s", s, showAddress(a))
		}
	}
}

func TestParseAddressAsksForPlaces(t *testing.T) {
	t.Parallel()
	a, _ := ParseAddress("瀾江石橋柳塘路5號", func(stem string) bool { return stem == "瀾江" || stem == "石橋" })
	if got, want := showAddress(a), "瀾江.city 石橋.county 柳塘路.street 5號.no"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Both scripts come apart at the same places.
func TestParseAddressInBothScripts(t *testing.T) {
	t.Parallel()
	for _, c := range addressCases {
		a, _ := ParseAddress(c.in, nil)
		b, _ := ParseAddress(ToHans(c.in), nil)
		if got, want := Fold(showAddress(b)), Fold(showAddress(a)); got != want {
			t.Errorf("%s\n simplified %s\ntraditional %s", c.in, got, want)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, c := range addressCases {
		f.Add(c.in)
	}
	f.Add("\xff路1號")
	f.Fuzz(func(t *testing.T, s string) {
		a, ok := ParseAddress(s, nil)
		var b strings.Builder
		b.WriteString(a.Postcode)
		for _, p := range a.Places {
			b.WriteString(p.Name)
		}
		b.WriteString(a.Group + a.Street + a.Lane + a.Number + a.Detail)
		if want := string(addressText(s)); ok && b.String() != want {
			t.Errorf("%q comes apart as %q", want, b.String())
		}
	})
}
