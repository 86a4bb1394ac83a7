package repair_test

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/huiguan/huiguan/repair"
)

func ExampleString() {
	r := repair.String("各鄉鎮同鄉會(huì)舉辦學(xué)習(xí)會(huì)議", repair.Options{})
	fmt.Println(r.Text)
	for _, c := range r.Changes {
		fmt.Printf("%d-%d %q %s, %s\n", c.Start, c.End, c.Before, c.Class, c.Evidence)
	}
	// Output:
	// 各鄉鎮同鄉會舉辦學習會議
	// 18-24 "(huì)" pinyin-annotation, reading-fixed
	// 33-39 "(xué)" pinyin-annotation, reading-fixed
	// 42-47 "(xí)" pinyin-annotation, reading-fixed
	// 50-56 "(huì)" pinyin-annotation, reading-fixed
}

func ExampleString_options() {
	o := repair.Options{FullWidth: true, Script: repair.Simplified}
	fmt.Println(repair.String("各鄉鎮同鄉會(huì)舉辦學(xué)習(xí)會(huì),歡迎參加!", o).Text)
	// Output: 各乡镇同乡会举办学习会，欢迎参加！
}

func ExampleUndo() {
	r := repair.String("各鄉鎮同鄉會(huì)舉辦學(xué)習(xí)會(huì)議", repair.Options{})
	fmt.Println(repair.Undo(r, 1).Text)
	// Output: 各鄉鎮同鄉會舉辦學(xué)習會議
}

func ExampleString_wrongEncoding() {
	fmt.Println(repair.String("首页 | 璁㈤槄 | 留言", repair.Options{}).Text)
	fmt.Println(repair.String("ÖÐÎÄÍøÕ¾", repair.Options{}).Text)
	// Output:
	// 首页 | 订阅 | 留言
	// 中文网站
}

func ExampleString_evidence() {
	r := repair.String("各鄉會(huì)學(xué)習(xí)會(huì)館的人回到工作崗位，加速變?yōu)楝F(xiàn)實，回到?;氐焦ぷ髦?,自己", repair.Options{Only: []repair.Class{repair.PhaseShift}})
	for _, c := range r.Changes {
		fmt.Printf("%q was %q: %s\n", c.Before, c.After, c.Evidence)
	}
	// Output:
	// "?yōu)" was "": reading-fixed
	// "楝" was "為": bytes-exact
	// "F(xiàn)" was "現": reading-fixed
	// "?;" was "。": model
	// "氐焦ぷ髦" was "回到工作": bytes-exact
	// "?" was "中": model
}

func ExampleNewReader() {
	r := repair.NewReader(strings.NewReader("各鄉鎮同鄉會(huì)舉辦學(xué)習(xí)會(huì)議\n"), repair.Options{})
	if _, err := io.Copy(os.Stdout, r); err != nil {
		fmt.Println(err)
	}
	fmt.Println(r.Counts())
	// Output:
	// 各鄉鎮同鄉會舉辦學習會議
	// map[pinyin-annotation:4]
}
