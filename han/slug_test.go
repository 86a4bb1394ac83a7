package han

import "testing"

func TestSlug(t *testing.T) {
	t.Parallel()
	cases := []struct{ in, want string }{
		{"橋頭", "qiaotou"},
		{"桥头", "qiaotou"},
		{"僑胞之家", "qiaobao-zhijia"},
		{"鄉親之家", "xiangqin-zhijia"},
		{"之家", "zhijia"},
		{"番禺", "panyu"},
		{"廈門", "xiamen"},
		{"重慶", "chongqing"},
		{"六安", "luan"},
		{"蚌埠", "bengbu"},
		{"樂清", "yueqing"},
		{"台州", "taizhou"},
		{"臺州", "taizhou"},
		{"麗水", "lishui"},
		{"洪洞", "hongtong"},
		{"中山", "zhongshan"},
		{"東莞", "dongguan"},
		{"鬱南", "yunan"},
		{"珠海", "zhuhai"},
		{"汕頭", "shantou"},
		{"佛山", "foshan"},
		{"大埔", "dabu"},
		{"黃埔", "huangpu"},
		{"長沙", "changsha"},
		{"校長", "xiaozhang"},
		{"呂梁", "lyuliang"},
		{"女子", "nyuzi"},
		{"綠城", "lyucheng"},
		{"成都", "chengdu"},
		{"音樂", "yinyue"},
		{"快樂", "kuaile"},
		{"同鄉會", "tongxianghui"},
		{"同鄉聯合會", "tongxiang-lianhehui"},
		{"僑聯法律顧問委員會", "qiaolian-falyu-guwen-weiyuanhui"},
		{"新僑服務中心", "xinqiao-fuwu-zhongxin"},
		{"中秋 Lantern Night 2026", "zhongqiu-lantern-night-2026"},
		{"Café Été", "cafe-ete"},
		{"O'Brien’s", "obrien-s"},
		{"“橋頭”村", "qiaotou-cun"},
		{"２０２６年", "2026-nian"},
		{"", ""},
		{"！？", ""},
		{"---", ""},
		{"ＡＢＣ", "abc"},
		{"橋-頭", "qiao-tou"},
		{" 三鄉 ", "sanxiang"},
		{"乾隆", "qianlong"},
		{"著名", "zhuming"},
		{"石橋", "shiqiao"},
	}
	for _, c := range cases {
		if got := Slug(c.in); got != c.want {
			t.Errorf("Slug(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestSlugOverridesCountSyllables(t *testing.T) {
	t.Parallel()
	for word, list := range slugData().words {
		if len([]rune(word)) != len(list) {
			t.Errorf("%s has %d readings", word, len(list))
		}
	}
}
