package han

import "strings"

// wadeInitials turns the initials of pinyin into those of Wade-Giles, the longer first.
var wadeInitials = [][2]string{
	{"zh", "ch"}, {"ch", "ch'"}, {"sh", "sh"}, {"b", "p"}, {"p", "p'"}, {"d", "t"}, {"t", "t'"}, {"g", "k"}, {"k", "k'"},
	{"j", "ch"}, {"q", "ch'"}, {"x", "hs"}, {"z", "ts"}, {"c", "ts'"}, {"r", "j"},
}

// wadeWhole are syllables that follow no rule.
var wadeWhole = map[string]string{
	"zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tz'u", "si": "ssu", "er": "erh", "yi": "i",
	"ye": "yeh", "yan": "yen", "you": "yu", "yong": "yung", "yu": "yü", "yue": "yüeh", "yuan": "yüan", "yun": "yün",
	"ge": "ko", "ke": "k'o", "he": "ho", "e": "o", "gui": "kuei", "kui": "k'uei", "guo": "kuo", "kuo": "k'uo", "huo": "huo",
	"shuo": "shuo",
}

// wadeGiles writes one syllable of pinyin, without its tone, in the way of Wade and Giles: zhang chang,
// xu hsü, qian ch'ien.
func wadeGiles(syllable string) string {
	if whole, ok := wadeWhole[syllable]; ok || syllable == "" {
		return whole
	}
	initial, final := "", syllable
	for _, pair := range wadeInitials {
		if rest, ok := strings.CutPrefix(syllable, pair[0]); ok {
			initial, final = pair[1], rest
			break
		}
	}
	if initial == "" && len(syllable) > 1 && strings.ContainsRune("mflnhsyw", rune(syllable[0])) {
		initial, final = syllable[:1], syllable[1:]
	}
	return initial + wadeFinal(final, strings.ContainsRune("jqx", rune(syllable[0])))
}

// wadeFinal writes what follows the initial; soft says that it was j, q or x, whose u is ü.
func wadeFinal(final string, soft bool) string {
	if rest, ok := strings.CutPrefix(final, "u"); ok && soft {
		final = "ü" + rest
	}
	switch final {
	case "ong":
		return "ung"
	case "iong":
		return "iung"
	case "ie", "üe":
		return final + "h"
	case "ian":
		return "ien"
	case "uo":
		return "o"
	}
	return final
}
