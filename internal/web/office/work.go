package office

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/huiguan/huiguan/internal/access"
	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/ident"
	"github.com/huiguan/huiguan/internal/jobs"
	"github.com/huiguan/huiguan/internal/locale"
	"github.com/huiguan/huiguan/internal/mail"
	"github.com/huiguan/huiguan/internal/people"
	"github.com/huiguan/huiguan/internal/web/kit"
)

// jobLine is a piece of work as pages show it.
type jobLine struct {
	ID     string
	Kind   string // in words
	State  jobs.State
	Stands string // the state in words
	By     string // who caused it, in words; "" where nobody did
	Notes  []string
	Reason string
	Detail string
	Many   int // so many pieces of the kind, of which this is the first
	Done   int
	Total  int
}

// Href is the page of the piece of work.
func (j jobLine) Href() string { return "/office/work/" + j.ID }

// jobHref is the page of a piece of work.
func jobHref(id jobs.ID) string { return "/office/work/" + id.String() }

// letterLine is a letter as pages show it.
type letterLine struct {
	ID      ident.Letter
	To      string
	Subject string
	Notes   []string
	Reason  string
}

// Href is where the letter is dealt with.
func (l letterLine) Href() string { return "/office/work/letters/" + string(l.ID) }

// scheduleLine is work that recurs.
type scheduleLine struct {
	Kind, Every, Last, Next string
	State                   jobs.State
	Stands                  string
}

// workPage shows what the server does in the background.
type workPage struct {
	frame
	MayRetry  bool
	Running   bool // this program works in the background
	Failed    []jobLine
	Letters   letterPart
	UnderWay  []jobLine
	Schedules []scheduleLine
	Lately    []jobLine
}

// letterPart is what the page says about letters.
type letterPart struct {
	Ready                       bool
	Via                         string
	Count                       string
	Failed, Held, Waiting, Sent []letterLine
}

// How many lines a list of the page has at most.
const (
	workLines   = 50
	latelyLines = 15
)

// workPage answers /office/work.
func (o *Office) workPage(w http.ResponseWriter, r *http.Request) error {
	v, err := o.visit(r)
	if err != nil {
		return err
	}
	p := workPage{frame: o.frame(v, "work", v.lang.T("work.jobs")), MayRetry: v.can(access.JobsRetry, ""), Running: o.Jobs.Running()}
	if err := o.fillJobs(r.Context(), &p); err != nil {
		return err
	}
	if p.Letters, err = o.letterPart(r.Context(), p.frame); err != nil {
		return err
	}
	return o.show(w, r, p)
}

func (o *Office) fillJobs(ctx context.Context, p *workPage) error {
	for _, one := range []struct {
		state jobs.State
		into  *[]jobLine
		most  int
	}{
		{jobs.Failed, &p.Failed, workLines}, {jobs.Running, &p.UnderWay, workLines}, {jobs.Retrying, &p.UnderWay, workLines},
		{jobs.Waiting, &p.UnderWay, 10 * workLines}, {jobs.Done, &p.Lately, 10 * latelyLines},
	} {
		list, err := o.Jobs.List(ctx, one.state, one.most)
		if err != nil {
			return err
		}
		lines, err := o.jobLines(ctx, p.frame, list)
		if err != nil {
			return err
		}
		if one.state == jobs.Waiting || one.state == jobs.Done {
			lines = grouped(p.frame, lines)
		}
		*one.into = append(*one.into, lines...)
	}
	schedules, err := o.Jobs.Schedules(ctx)
	if err != nil {
		return err
	}
	for _, s := range schedules {
		line := scheduleLine{Kind: kindOfWork(p.frame, s.Kind), Every: p.every(s.Every), Last: p.moment(s.Last), Next: p.moment(s.Next), State: s.State}
		if s.State != "" {
			line.Stands = p.t("work.state_" + string(s.State))
		}
		p.Schedules = append(p.Schedules, line)
	}
	return nil
}

// grouped makes one line of all pieces of a kind: each letter queues one, and a
// list of them says nothing.
func grouped(f frame, lines []jobLine) (out []jobLine) {
	at := map[string]int{}
	for _, j := range lines {
		i, seen := at[j.Kind]
		if !seen {
			at[j.Kind], j.Many = len(out), 1
			out = append(out, j)
			continue
		}
		out[i].Many++
	}
	for i, j := range out {
		if j.Many > 1 {
			out[i].Kind = f.t("work.times", fault.Args{"kind": j.Kind, "n": f.Lang.Number(j.Many)})
		}
	}
	return out
}

// kindOfWork names a kind in words.
func kindOfWork(f frame, kind string) string {
	if key := "work.kind_" + kind; locale.Has(key) {
		return f.t(key)
	}
	return f.t("work.kind_other")
}

// every writes a period in words.
func (f frame) every(d time.Duration) string {
	for _, one := range []struct {
		unit time.Duration
		key  string
	}{{24 * time.Hour, "work.every_days"}, {time.Hour, "work.every_hours"}, {time.Minute, "work.every_minutes"}} {
		if d >= one.unit && d%one.unit == 0 {
			return f.t(one.key, fault.Args{"n": int(d / one.unit)})
		}
	}
	return f.t("work.every_seconds", fault.Args{"n": int(d / time.Second)})
}

// jobLines puts work into words, with the names of who caused it.
func (o *Office) jobLines(ctx context.Context, f frame, list []jobs.Job) ([]jobLine, error) {
	var ids []ident.Person
	for _, j := range list {
		if id, err := ident.Parse[ident.Person](j.By); err == nil {
			ids = append(ids, id)
		}
	}
	names, err := o.People.ListByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	lines := make([]jobLine, 0, len(list))
	for _, j := range list {
		line := jobLine{ID: j.ID.String(), Kind: kindOfWork(f, j.Kind), State: j.State, Stands: f.t("work.state_" + string(j.State)), Done: j.Done, Total: j.Total}
		if p, known := names[ident.Person(j.By)]; known {
			line.By = p.Name(f.Lang)
		} else if j.By == "cli" {
			line.By = f.t("audit.actor_cli")
		}
		if j.Reason != nil {
			line.Reason, line.Detail = f.Lang.T(j.Reason.Key, j.Reason.Args), j.Reason.Detail
		}
		line.Notes = f.notes(j, line.By)
		lines = append(lines, line)
	}
	return lines, nil
}

// notes are what is said of a piece of work below its name.
func (f frame) notes(j jobs.Job, by string) (notes []string) {
	switch j.State {
	case jobs.Waiting:
		notes = append(notes, f.t("work.due", fault.Args{"at": f.moment(j.At)}))
	case jobs.Retrying:
		notes = append(notes, f.t("work.next_try", fault.Args{"at": f.moment(j.At)}))
	case jobs.Running:
		notes = append(notes, f.t("work.begun")+" "+f.moment(j.Began))
	default:
		notes = append(notes, f.moment(j.Ended))
	}
	if j.State == jobs.Retrying || j.State == jobs.Failed {
		notes = append(notes, f.t("work.tries", fault.Args{"n": j.Tries, "most": j.Most}))
	}
	if by != "" {
		notes = append(notes, f.t("work.by", fault.Args{"who": by}))
	}
	return notes
}

// letterPart gathers what the page says about letters.
func (o *Office) letterPart(ctx context.Context, f frame) (p letterPart, err error) {
	setup := o.Mail.Setup()
	if p.Ready = setup.Ready(); p.Ready {
		p.Via = f.t("work.letters_via", fault.Args{"server": setup.Server(), "from": setup.From.Address})
	}
	n, err := o.Mail.Counts(ctx)
	if err != nil {
		return p, err
	}
	p.Count = f.t("work.letters_count", fault.Args{"waiting": n[mail.Waiting], "sent": n[mail.Sent], "failed": n[mail.Failed]})
	for _, one := range []struct {
		state mail.State
		into  *[]letterLine
		most  int
	}{{mail.Failed, &p.Failed, workLines}, {mail.Dropped, &p.Held, workLines}, {mail.Waiting, &p.Waiting, workLines}, {mail.Sent, &p.Sent, latelyLines}} {
		list, err := o.Mail.List(ctx, one.state, one.most)
		if err != nil {
			return p, err
		}
		for _, l := range list {
			*one.into = append(*one.into, f.letter(l))
		}
	}
	return p, nil
}

func (f frame) letter(l mail.Summary) letterLine {
	line := letterLine{ID: l.ID, To: f.t("work.letter_to", fault.Args{"to": l.To}), Subject: l.Subject}
	at := l.Made
	if l.State == mail.Sent {
		at = l.SentAt
	}
	line.Notes = append(line.Notes, f.moment(at))
	if l.Attempts > 0 && l.State != mail.Sent {
		line.Notes = append(line.Notes, f.t("work.letter_tries", fault.Args{"n": l.Attempts}))
	}
	if l.State == mail.Waiting && l.Reason != nil {
		line.Notes = append(line.Notes, f.t("work.letter_next", fault.Args{"at": f.moment(l.Next)}))
	}
	if l.Reason != nil {
		line.Reason = f.Lang.T(l.Reason.Key, l.Reason.Args)
	}
	return line
}

// jobPage shows how one piece of work goes.
type jobPage struct {
	frame
	Job      jobLine
	Over     bool
	MayRetry bool
	Facts    [][2]string
	Table    *tableOutcome // of the work of a table
}

// tableOutcome is what became of a table.
type tableOutcome struct {
	Org    link
	Rows   []importRow // that were left out
	Hidden int
}

// watched is the piece of work that an address names, for who may see it: who sees
// all work, and who caused it. For others it is not there.
func (o *Office) watched(r *http.Request) (jobs.Job, visit, error) {
	v, err := o.visit(r)
	if err != nil {
		return jobs.Job{}, v, err
	}
	id, ok := jobs.ParseID(r.PathValue("job"))
	if !ok {
		return jobs.Job{}, v, fault.New(fault.NotFound, "work.not_found", nil)
	}
	j, err := o.Jobs.Get(r.Context(), id)
	if err != nil {
		return j, v, err
	}
	who, _ := people.PrincipalFrom(r.Context())
	if !v.can(access.JobsView, "") && !j.MayWatch(who.Viewed()) {
		return jobs.Job{}, v, fault.New(fault.NotFound, "work.not_found", nil)
	}
	return j, v, nil
}

// over says whether a piece of work has come to an end.
func over(s jobs.State) bool { return s == jobs.Done || s == jobs.Failed }

// jobPage answers /office/work/{job}.
func (o *Office) jobPage(w http.ResponseWriter, r *http.Request) error {
	j, v, err := o.watched(r)
	if err != nil {
		return err
	}
	p := jobPage{frame: o.frame(v, "work", kindOfWork(frame{Lang: v.lang}, j.Kind)), Over: over(j.State), MayRetry: v.can(access.JobsRetry, "")}
	if v.can(access.JobsView, "") {
		p.Crumbs = []link{{Text: p.t("work.jobs"), Href: "/office/work"}}
	}
	lines, err := o.jobLines(r.Context(), p.frame, []jobs.Job{j})
	if err != nil {
		return err
	}
	p.Job = lines[0]
	for _, one := range [][2]string{{"work.queued", p.moment(j.Made)}, {"work.begun", p.moment(j.Began)}, {"work.ended", p.moment(j.Ended)}} {
		if one[1] != "" {
			p.Facts = append(p.Facts, [2]string{p.t(one[0]), one[1]})
		}
	}
	if p.Table, err = o.tableOutcome(r.Context(), v, j.ID); err != nil {
		return err
	}
	return o.show(w, r, p)
}

// tableOutcome is what became of the table that a piece of work does; nil where it
// does none.
func (o *Office) tableOutcome(ctx context.Context, v visit, id jobs.ID) (*tableOutcome, error) {
	t, ok, err := o.Tables.OfWork(ctx, id)
	if err != nil || !ok {
		return nil, err
	}
	at, err := o.Org.Load(ctx, t.OrgID)
	out := &tableOutcome{Org: link{at.Name(v.lang), orgHref(at.ID)}}
	out.Rows, out.Hidden = v.importRows(t.Wrong.V)
	return out, err
}

// progressOf says how far a piece of work is, in words.
func (p jobPage) progress() string { return progressOf(p.frame, p.Job.Done, p.Job.Total) }

func progressOf(f frame, done, total int) string {
	if total <= 0 {
		return ""
	}
	return f.t("work.progress", fault.Args{"done": f.Lang.Number(done), "total": f.Lang.Number(total)})
}

// jobState answers /office/work/{job}/state, for the script of the page above.
func (o *Office) jobState(w http.ResponseWriter, r *http.Request) error {
	j, v, err := o.watched(r)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]any{
		"state": j.State, "done": j.Done, "total": j.Total, "over": over(j.State), "text": progressOf(frame{Lang: v.lang}, j.Done, j.Total),
	})
	if err != nil {
		return err
	}
	return kit.Respond(w, r, kit.Response{Type: "application/json", Cache: kit.CacheNever, Body: body})
}

// onJob does something to the piece of work that an address names.
func onJob(w http.ResponseWriter, r *http.Request, do func(context.Context, jobs.ID) error, what string) error {
	id, ok := jobs.ParseID(r.PathValue("job"))
	if !ok {
		return fault.New(fault.NotFound, "work.not_found", nil)
	}
	if err := do(r.Context(), id); err != nil {
		return err
	}
	return done(w, r, "/office/work", what)
}

func (o *Office) retryJob(w http.ResponseWriter, r *http.Request) error {
	return onJob(w, r, o.Jobs.Retry, "work.done_again")
}

func (o *Office) dropJob(w http.ResponseWriter, r *http.Request) error {
	return onJob(w, r, o.Jobs.Drop, "work.done_dropped")
}

// onLetter does something to the letter that an address names.
func onLetter(w http.ResponseWriter, r *http.Request, do func(context.Context, ident.Letter) error, what string) error {
	id, err := ident.Parse[ident.Letter](r.PathValue("letter"))
	if err != nil {
		return fault.Because(err, fault.NotFound, "page.not_found", nil)
	}
	if err := do(r.Context(), id); err != nil {
		return err
	}
	return done(w, r, "/office/work", what)
}

func (o *Office) letterAgain(w http.ResponseWriter, r *http.Request) error {
	return onLetter(w, r, o.Mail.Again, "work.done_letter_again")
}

func (o *Office) dropLetter(w http.ResponseWriter, r *http.Request) error {
	return onLetter(w, r, o.Mail.Drop, "work.done_letter_dropped")
}

// oneLine puts notes on one line.
func oneLine(notes []string) string { return strings.Join(notes, " · ") }

// stateTag is the class of the tag that shows a state.
func stateTag(s jobs.State) string {
	switch s {
	case jobs.Done:
		return "tag good"
	case jobs.Failed:
		return "tag bad"
	case jobs.Retrying, jobs.Running:
		return "tag waits"
	}
	return "tag"
}

// running says whether a piece of work is being done: then it can only be watched.
func running(j jobLine) bool { return j.State == jobs.Running }

// again is what the button says that runs a piece of work.
func again(f frame, j jobLine) string {
	if j.State == jobs.Waiting || j.State == jobs.Retrying {
		return f.t("work.now")
	}
	return f.t("work.again")
}
