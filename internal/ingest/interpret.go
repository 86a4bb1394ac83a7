package ingest

import (
	"strings"
	"unicode/utf8"

	"github.com/huiguan/huiguan/han"
	"github.com/huiguan/huiguan/internal/markup"
)

// hints are what a format states outside the text: an HTML page's title
// element, its date and source in meta elements.
type hints struct {
	title     string
	published string
	source    string
	byline    string
}

// maxHeadBlocks is how far from the top a page's title and date are looked for.
const maxHeadBlocks = 12

// head is what stands above a page's body.
type head struct {
	breadcrumb []string
	title      string
	published  han.Date
	source     string
	byline     string
}

// interpret splits a page's blocks into its head and its body.
func interpret(blocks []markup.Block, h hints) (head, []markup.Block) {
	out := head{title: h.title, source: h.source, byline: h.byline}
	out.published, _ = han.ParseDate(h.published)
	rest := out.skipToTitle(blocks)
	for i := 0; i < len(rest) && i < maxHeadBlocks; i++ {
		line, ok := lineOf(rest[i])
		if !ok || !out.take(line) {
			break
		}
		rest, i = append(rest[:i:i], rest[i+1:]...), i-1
		if out.title != "" && out.published != (han.Date{}) && out.source != "" && !headLine(rest, i+1) {
			break
		}
	}
	return out, rest
}

// skipToTitle looks for the title that the format stated among the first
// blocks. What stands before it is the page's frame: only breadcrumb and data
// are read from it.
func (h *head) skipToTitle(blocks []markup.Block) []markup.Block {
	if h.title == "" {
		return blocks
	}
	for i, b := range blocks[:min(len(blocks), maxHeadBlocks)] {
		line, ok := lineOf(b)
		same := sameTitle(h.title, line)
		if !ok || !same && (!strings.HasPrefix(line, h.title) || utf8.RuneCountInString(line) > maxTitleLine) {
			continue
		}
		h.title = line
		for _, before := range blocks[:i] {
			if line, ok := lineOf(before); ok && !h.takeBreadcrumb(line) && isMeta(line) {
				h.takeMeta(line)
			}
		}
		return blocks[i+1:]
	}
	return blocks
}

// headLine says whether the block after the head so far still belongs to it.
func headLine(rest []markup.Block, i int) bool {
	if i >= len(rest) {
		return false
	}
	line, ok := lineOf(rest[i])
	return ok && (boilerplate(line) || isMeta(line))
}

// lineOf is the text of a block that is one line.
func lineOf(b markup.Block) (string, bool) {
	switch b := b.(type) {
	case markup.Paragraph:
		return trim(markup.Doc{Blocks: []markup.Block{b}}.Text()), true
	case markup.Heading:
		return trim(markup.Doc{Blocks: []markup.Block{b}}.Text()), true
	}
	return "", false
}

// take reads one line of the head; false says that the body begins here.
func (h *head) take(line string) bool {
	switch {
	case line == "" || boilerplate(line):
		return true
	case h.takeBreadcrumb(line):
		return true
	case isMeta(line) && (h.published == (han.Date{}) || labelAt(line) != "date"):
		// A second line that begins with a date label announces an event.
		h.takeMeta(line)
		return true
	case h.title != "" && sameTitle(h.title, line):
		return true
	case h.title == "" && utf8.RuneCountInString(line) <= 100 && !endsSentence(line):
		h.title = line
		return true
	}
	return false
}

func sameTitle(a, b string) bool { return han.Fold(a) == han.Fold(b) }

func endsSentence(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune("。.；;：:，,", r)
}

// takeBreadcrumb reads `首頁 > 會務動態 > …` and the like.
func (h *head) takeBreadcrumb(line string) bool {
	if h.breadcrumb != nil {
		return false
	}
	for _, lead := range []string{"當前位置", "当前位置", "您的位置", "您現在的位置", "您现在的位置", "你的位置", "位置", "You are here"} {
		if rest, ok := strings.CutPrefix(line, lead); ok {
			line = strings.TrimLeft(rest, "：: ")
			break
		}
	}
	for _, sep := range []string{">", "＞", "»", "›", "→", "::"} {
		steps := strings.Split(line, sep)
		if len(steps) < 2 {
			continue
		}
		out := make([]string, 0, len(steps))
		for _, s := range steps {
			if s = trim(s); s != "" && utf8.RuneCountInString(s) <= 60 {
				out = append(out, s)
			}
		}
		if len(out) < 2 || !homeWord(out[0]) && len(out) < 3 {
			return false
		}
		h.breadcrumb = out
		return true
	}
	return false
}

func homeWord(s string) bool {
	switch strings.ToLower(s) {
	case "首頁", "首页", "主頁", "主页", "home", "網站首頁", "网站首页", "返回首頁":
		return true
	}
	return false
}

// metaLabels are the words that introduce a page's own data, by what they say.
var metaLabels = map[string][]string{
	"date":   {"發布時間", "发布时间", "發佈時間", "發表時間", "发表时间", "發布日期", "发布日期", "發佈日期", "時間", "时间", "日期", "更新時間", "更新时间", "Published", "Date"},
	"source": {"來源", "来源", "稿源", "供稿", "發布單位", "发布单位", "Source", "From"},
	"byline": {"作者", "撰稿", "文/圖", "文/图", "通訊員", "通讯员", "記者", "记者", "Author", "By"},
	"junk":   {"分類", "分类", "標籤", "标签", "攝影", "摄影", "點擊", "点击", "點擊數", "点击数", "瀏覽", "浏览", "瀏覽次數", "浏览次数", "閱讀", "阅读", "字體", "字体", "字號", "字号", "編輯", "编辑", "責任編輯", "责任编辑", "打印", "列印", "人氣", "人气"},
}

// isMeta says whether a line holds a page's own data: `時間：… 來源：…`, or a
// date alone.
func isMeta(line string) bool {
	if utf8.RuneCountInString(line) > 120 {
		return false
	}
	if labelAt(line) != "" {
		return true
	}
	date, at, w := dateIn(line)
	if date == (han.Date{}) || strings.ContainsAny(line, "。，！？；") {
		return false
	}
	kind, _ := findLabel(line)
	return kind != "" || at == 0 && clockOnly(line[w:])
}

// clockOnly says whether s is only a time of day, if that.
func clockOnly(s string) bool {
	return strings.Trim(s, "0123456789:： \u00a0") == ""
}

// dateIn finds the first whole date in a line: where it begins and ends.
func dateIn(line string) (d han.Date, start, end int) {
	for i, r := range line {
		if r < '0' || r > '9' && r < 0x2e80 {
			continue
		}
		if d, w := han.ParseDate(line[i:]); w > 0 && d.Year > 0 && d.Day > 0 {
			return d, i, i + w
		}
	}
	return han.Date{}, 0, 0
}

// labelAt names the label that s begins with, or "".
func labelAt(s string) string {
	s = strings.TrimLeft(trim(s), "[【(（|·・ ")
	for kind, labels := range metaLabels {
		for _, label := range labels {
			if rest, ok := cutPrefixFold(s, label); ok && strings.HasPrefix(strings.TrimLeft(rest, " \u00a0\u3000"), ":") ||
				ok && strings.HasPrefix(strings.TrimLeft(rest, " \u00a0\u3000"), "：") {
				return kind
			}
		}
	}
	return ""
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// takeMeta reads the labelled values of a line.
func (h *head) takeMeta(line string) {
	if d, start, end := dateIn(line); end > 0 && h.published == (han.Date{}) && labelAt(line[:start]) != "junk" {
		h.published = d
	}
	for rest := line; rest != ""; {
		kind, value, after := nextValue(rest)
		if kind == "" {
			return
		}
		h.set(kind, value)
		rest = after
	}
}

// nextValue finds the next label in s and the value up to the label after it.
func nextValue(s string) (kind, value, rest string) {
	kind, start := findLabel(s)
	if kind == "" {
		return "", "", ""
	}
	s = s[start:]
	if _, next := findLabel(s); next > 0 {
		cut := labelStart(s, next)
		return kind, trimValue(s[:cut]), s[cut:]
	}
	return kind, trimValue(s), ""
}

func trimValue(s string) string { return strings.Trim(trim(s), "|｜[]【】/／·・ \u00a0\u3000") }

// findLabel finds the first label in s and where its value begins.
func findLabel(s string) (kind string, valueAt int) {
	best := len(s) + 1
	for k, labels := range metaLabels {
		for _, label := range labels {
			at := strings.Index(s, label)
			if at < 0 || at >= best {
				continue
			}
			after := strings.TrimLeft(s[at+len(label):], " \u00a0\u3000")
			for _, colon := range []string{":", "："} {
				if strings.HasPrefix(after, colon) {
					best, kind, valueAt = at, k, len(s)-len(after)+len(colon)
				}
			}
		}
	}
	return kind, valueAt
}

// labelStart walks back from a value to where its label begins.
func labelStart(s string, valueAt int) int {
	best := valueAt
	for _, labels := range metaLabels {
		for _, label := range labels {
			if at := strings.Index(s[:valueAt], label); at >= 0 && at < best {
				best = at
			}
		}
	}
	return best
}

func (h *head) set(kind, value string) {
	switch {
	case kind == "date" && h.published == (han.Date{}):
		h.published, _ = han.ParseDate(value)
	case kind == "source" && h.source == "":
		h.source = value
	case kind == "byline" && h.byline == "":
		h.byline = value
	}
}

// boilerplate says whether a line is the furniture of a page and not its text.
func boilerplate(line string) bool {
	bare := strings.Trim(line, "[]【】|｜ \u00a0\u3000")
	if bare == "" {
		return true
	}
	for _, p := range []string{"字體", "字体", "字號", "字号", "分享", "打印", "列印", "關閉", "关闭", "上一篇", "下一篇", "責任編輯", "责任编辑", "版權所有", "版权所有", "返回頂部", "返回顶部", "瀏覽次數", "浏览次数", "Copyright", "Share"} {
		if strings.HasPrefix(bare, p) && utf8.RuneCountInString(bare) <= 40 {
			return true
		}
	}
	return false
}
