package browser

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Drag takes what the first selector finds with the mouse and lets it go over what
// the second finds, as a hand does.
func (p *Page) Drag(t testing.TB, from, onto string) {
	t.Helper()
	middle := func(selector string) (x, y float64) {
		at := Eval[[]float64](t, p, fmt.Sprintf(`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()`, selector))
		return at[0], at[1]
	}
	fromX, fromY := middle(from)
	toX, toY := middle(onto)
	taken := make(chan *input.DragData, 1)
	err := chromedp.Listen(p.ctx, func(event any) {
		if e, ok := event.(*input.EventDragIntercepted); ok {
			select {
			case taken <- e.Data:
			default:
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	mouse := func(ctx context.Context, target *chromedp.Target, kind input.DispatchMouseEventType, x, y float64) error {
		_, err := cdp.Call(ctx, target, input.DispatchMouseEvent, input.DispatchMouseEventParams{
			Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1,
		})
		return err
	}
	err = chromedp.Do(p.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, input.SetInterceptDrags, input.SetInterceptDragsParams{Enabled: true}); err != nil {
			return err
		}
		if err := mouse(ctx, target, input.DispatchMouseEventTypeMousePressed, fromX, fromY); err != nil {
			return err
		}
		for step := 1.0; step <= 4; step++ { // a drag begins once the mouse has gone some way
			if err := mouse(ctx, target, input.DispatchMouseEventTypeMouseMoved, fromX+(toX-fromX)*step/4, fromY+(toY-fromY)*step/4); err != nil {
				return err
			}
		}
		var data *input.DragData
		select {
		case data = <-taken:
		case <-ctx.Done():
			return ctx.Err()
		}
		for _, kind := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
			if _, err := cdp.Call(ctx, target, input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: toX, Y: toY, Data: data}); err != nil {
				return err
			}
		}
		return mouse(ctx, target, input.DispatchMouseEventTypeMouseReleased, toX, toY)
	}))
	if err != nil {
		t.Fatalf("drag %s onto %s: %v", from, onto, err)
	}
}
