package repair_test

import (
	"fmt"

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
