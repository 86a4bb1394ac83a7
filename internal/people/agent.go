package people

import "strings"

// ShortAgent says in two words with which browser somebody comes, and no more
// than she needs to tell her own sessions apart: Firefox · Android. It reads alike in every language.
func ShortAgent(header string) string {
	pick := func(list [][2]string) string {
		for _, one := range list {
			if strings.Contains(header, one[0]) {
				return one[1]
			}
		}
		return ""
	}
	browser := pick([][2]string{
		{"MicroMessenger", "WeChat"}, {"EdgA/", "Edge"}, {"Edg/", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"},
		{"HuaweiBrowser/", "Huawei Browser"}, {"UCBrowser/", "UC Browser"}, {"MQQBrowser/", "QQ Browser"}, {"MiuiBrowser/", "Mi Browser"},
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"},
	})
	system := pick([][2]string{
		{"HarmonyOS", "HarmonyOS"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"},
		{"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
	})
	switch {
	case browser == "":
		return system
	case system == "":
		return browser
	}
	return browser + " · " + system
}
