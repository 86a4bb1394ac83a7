package ingest

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/markup"
)

const lantern = `首頁 > 會務動態 > 各地會訊

元宵燈會點亮老街

時間：2025-02-13 來源：瀾江市同鄉會
【字體：大 中 小】

　　2月12日晚，瀾江市同鄉會在老碼頭舉辦元宵燈會，鄉親三百餘人到場。

圖片

　　燈謎由會長陸景舟主持，猜中的孩子每人得到一盞兔子燈。
`

func read(t *testing.T, name string, data []byte) Document {
	t.Helper()
	doc, err := ReadDocument(File{Name: name, Data: data}, DefaultLimits())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return doc
}

func encode(t *testing.T, s string, enc interface{ Bytes([]byte) ([]byte, error) }) []byte {
	t.Helper()
	out, err := enc.Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The same text in every charset that branches send comes out the same.
func TestCharsets(t *testing.T) {
	t.Parallel()
	hans := han.ToHans(lantern)
	for _, tt := range []struct {
		name, charset string
		data          []byte
		want          string
	}{
		{"utf-8", "utf-8", []byte(lantern), lantern},
		{"byte order mark", "utf-8", []byte("\ufeff" + lantern), lantern},
		{"gb18030", "gb18030", encode(t, hans, simplifiedchinese.GB18030.NewEncoder()), hans},
		{"traditional in gb18030", "gb18030", encode(t, lantern, simplifiedchinese.GB18030.NewEncoder()), lantern},
		{"big5", "big5", encode(t, lantern, traditionalchinese.Big5.NewEncoder()), lantern},
		{"utf-16", "utf-16le", encode(t, lantern, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), lantern},
		{"line ends of Windows", "utf-8", []byte(strings.ReplaceAll(lantern, "\n", "\r\n")), lantern},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc := read(t, "a.txt", tt.data)
			plain := read(t, "a.txt", []byte(tt.want))
			if doc.Charset != tt.charset || doc.Title != plain.Title || doc.Body.Text() != plain.Body.Text() {
				t.Errorf("%s: %q\n%s", doc.Charset, doc.Title, doc.Body.Text())
			}
			if len(doc.Breadcrumb) != 3 || doc.Published.String() != "2025-02-13" || len(doc.Body.Figures()) != 1 {
				t.Errorf("%q %s %d", doc.Breadcrumb, doc.Published, len(doc.Body.Figures()))
			}
		})
	}
}

func TestHTMLCharsets(t *testing.T) {
	t.Parallel()
	page := func(charset string) string {
		return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=` + charset + `"><title>元宵燈會 | 瀾江</title></head>` +
			`<body><div>時間：2025-02-13　來源：瀾江市同鄉會</div><div><p>2月12日晚，瀾江市同鄉會在老碼頭舉辦元宵燈會，鄉親三百餘人到場。</p><p>燈謎由會長陸景舟主持，人人都有湯圓。</p></div></body></html>`
	}
	for _, tt := range []struct {
		name string
		data []byte
	}{
		{"utf-8", []byte(page("utf-8"))},
		{"big5", encode(t, page("big5"), traditionalchinese.Big5.NewEncoder())},
		{"gbk", encode(t, page("gb2312"), simplifiedchinese.GB18030.NewEncoder())},
		{"says gb2312, is utf-8", []byte(page("gb2312"))},
		{"says nothing, is big5", encode(t, page("x"), traditionalchinese.Big5.NewEncoder())},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc := read(t, "a.html", tt.data)
			if doc.Title != "元宵燈會" || doc.Published.String() != "2025-02-13" || doc.Source != "瀾江市同鄉會" {
				t.Errorf("title %q, published %s, source %q", doc.Title, doc.Published, doc.Source)
			}
			if n := len(doc.Body.Paragraphs()); n != 2 {
				t.Errorf("%d paragraphs: %s", n, doc.Body.Text())
			}
		})
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	limits := Limits{Bytes: 1000, Sections: 5}
	for _, tt := range []struct {
		name string
		file File
		key  string
	}{
		{"empty", File{Name: "a.txt", Data: nil}, "ingest.empty"},
		{"white space", File{Name: "a.txt", Data: []byte(" \n\t\n")}, "ingest.empty"},
		{"binary", File{Name: "a.txt", Data: []byte("\x00\x01\x02\x03\x04\x05\x06\x07abc\x00\x00")}, "ingest.binary"},
		{"zip", File{Name: "a.docx", Data: []byte("PK\x03\x04rest")}, "ingest.unsupported"},
		{"pdf", File{Name: "a.pdf", Data: []byte("%PDF-1.4\n")}, "ingest.unsupported"},
		{"picture", File{Name: "a.jpg", Data: []byte("\xff\xd8\xff\xe0")}, "ingest.unsupported"},
		{"too large", File{Name: "a.txt", Data: make([]byte, 1001)}, "ingest.too_large"},
		{"a page without words", File{Name: "a.html", Data: []byte("<html><body><script>x</script></body></html>")}, "ingest.empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := ReadDocument(tt.file, limits)
			if f := fault.As(err); f == nil || f.Key != tt.key {
				t.Fatalf("want %s, got %v", tt.key, err)
			}
		})
	}
}

func TestBrokenBytesAreCountedAndKeptInPlace(t *testing.T) {
	t.Parallel()
	broken := []byte(strings.Replace(lantern, "老碼頭", "老\xe7\xa2頭", 1))
	doc := read(t, "a.txt", broken)
	if len(doc.Warnings) != 1 || doc.Warnings[0].Key != "ingest.warn_broken_bytes" {
		t.Fatalf("%+v", doc.Warnings)
	}
	if !strings.Contains(doc.Body.Text(), "老\ufffd頭") {
		t.Errorf("%s", doc.Body.Text())
	}
}

func TestNULIsRemovedAndSaid(t *testing.T) {
	t.Parallel()
	doc := read(t, "a.txt", []byte(strings.Replace(lantern, "老碼頭", "老\x00碼頭", 1)))
	if strings.Contains(doc.Body.Text(), "\x00") || len(doc.Losses) != 1 || doc.Losses[0] != "control-characters" {
		t.Errorf("%v %q", doc.Losses, doc.Body.Text())
	}
}

func TestDeepHTML(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<div>", 100_000) + "<p>深處也有一句完整的話，讀者應當看得到它。</p>"
	doc := read(t, "a.html", []byte(deep))
	if !strings.Contains(doc.Body.Text(), "深處也有一句") {
		t.Errorf("%q", doc.Body.Text())
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name          string
		text          string
		title, date   string
		source        string
		crumbs, paras int
	}{
		{"a counter without a number", "首页 > 动态\n标题在此\n发布时间：2025-03-01 来源：本会 点击数：\n正文第一段，说一件事。", "标题在此", "2025-03-01", "本会", 2, 1},
		{"all in one line", "首頁 > 動態\n標題在此\n發布時間：2025-03-01 10:20 來源：本會 作者：何小雨 點擊：20\n正文第一段，說一件事。", "標題在此", "2025-03-01", "本會", 2, 1},
		{"date first", "標題在此\n2025年3月1日\n正文第一段，說一件事。", "標題在此", "2025-03-01", "", 0, 1},
		{"no head", "正文第一段，說一件事。\n正文第二段，說第二件事。", "正文第一段，說一件事。", "", "", 0, 2},
		{"an announcement's own time stays", "講座預告\n日期：2025-03-01\n時間：3月8日下午三點\n地點：會館二樓", "講座預告", "2025-03-01", "", 0, 2},
		{"English", "Home > News\nLantern night\nDate: 2025-03-01 Source: Penang Hall\nForty members met.", "Lantern night", "2025-03-01", "Penang Hall", 2, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc := read(t, "a.txt", []byte(tt.text))
			date := ""
			if doc.Published != (han.Date{}) {
				date = doc.Published.String()
			}
			if doc.Title != tt.title || date != tt.date || doc.Source != tt.source || len(doc.Breadcrumb) != tt.crumbs {
				t.Errorf("title %q, date %q, source %q, breadcrumb %q", doc.Title, date, doc.Source, doc.Breadcrumb)
			}
			if n := len(doc.Body.Paragraphs()); n != tt.paras {
				t.Errorf("%d paragraphs: %q", n, doc.Body.Paragraphs())
			}
		})
	}
}

func TestHardWrappedLinesAreJoined(t *testing.T) {
	t.Parallel()
	wrapped := "燈會\n\n二月十二日晚上瀾江市同鄉會在老碼頭舉辦元宵燈會到場的鄉親有三百\n餘人其中最年長的一位九十六歲最小的還抱在懷裡大家一起把河燈放進\n江裡。\n\n第二段很短。"
	doc := read(t, "a.txt", []byte(wrapped))
	if got := doc.Body.Paragraphs(); len(got) != 2 || !strings.Contains(got[0], "三百餘人") || !strings.Contains(got[0], "放進江裡") {
		t.Errorf("%q", got)
	}
}

func TestSourceDecidesASingleReportsOrganisation(t *testing.T) {
	t.Parallel()
	tree := NewTree(Node{"lanjiang/", []string{"瀾江市同鄉會"}}, Node{"heling/", []string{"鶴嶺市同鄉會"}})
	doc := read(t, "a.txt", []byte(lantern))
	for base, want := range map[string]string{"": "lanjiang/", "lanjiang/": "lanjiang/", "heling/": "heling/"} {
		r, err := ReadIn(doc, tree, base)
		if err != nil || r.IsDigest() || r.Sections[0].Path != want {
			t.Errorf("at %q: %q, %v", base, r.Sections[0].Path, err)
		}
	}
}

func TestMendKeepsEveryText(t *testing.T) {
	t.Parallel()
	p := page{hints: hints{title: "題"}, blocks: []markup.Block{
		markup.Para("會(huì)館(guǎn)的燈(dēng)亮了。"), markup.Figure{Caption: "鄉(xiāng)親"},
		markup.Para("點(diǎn)燈(dēng)的人是會(huì)長(zhǎng)。"), markup.Para("clean"),
	}}
	n := p.mend()
	got := markup.Doc{Blocks: p.blocks}.Paragraphs()
	if n["pinyin-annotation"] < 7 || got[0] != "會館的燈亮了。" || got[len(got)-1] != "clean" || p.hints.title != "題" {
		t.Errorf("%v %q", n, got)
	}
}

func TestSectionTitles(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ heading, first, want string }{
		{"瀾江市同鄉會", "2月12日晚，瀾江市同鄉會在老碼頭舉辦元宵燈會，鄉親85人參加。", "瀾江市同鄉會在老碼頭舉辦元宵燈會"},
		{"瀾江雲浦縣同鄉會", "9月19日,雲浦縣同鄉會趕在節前教大家做月餅,報名的有94人。", "雲浦縣同鄉會趕在節前教大家做月餅"},
		{"石橋鎮柳塘村“鄉親之家”", "9月25日，柳塘村“鄉親之家”的團圓飯坐了八十八人。", "柳塘村“鄉親之家”的團圓飯坐了八十八人"},
		{"鶴嶺市同鄉會", "山高路滑，先怕結冰。", "鶴嶺市同鄉會：冬至送暖"},
		{"鶴嶺市同鄉會", "", "鶴嶺市同鄉會：冬至送暖"},
	} {
		s := Section{Heading: tt.heading, Body: markup.FromText(tt.first)}
		if got := s.title("冬至送暖"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.heading, got, tt.want)
		}
	}
}
