package picture

import (
	"bytes"
	"encoding/binary"
)

// exif finds the EXIF block of a picture: a small TIFF file within it. nil
// where there is none.
func exif(format string, data []byte) []byte {
	switch format {
	case formatJPEG:
		for marker, body := range segments(data) {
			if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && marker == 0xe1 {
				return tiff
			}
		}
	case formatPNG: // length, name, body, checksum
		return chunk(data, 8, "eXIf", binary.BigEndian.Uint32, true)
	case formatWebP: // name, length, body, filled up to an even length
		return bytes.TrimPrefix(chunk(data, 12, "EXIF", binary.LittleEndian.Uint32, false), []byte("Exif\x00\x00"))
	}
	return nil
}

// chunk finds a chunk by its name in a PNG or WebP, beginning at an offset.
func chunk(data []byte, at int, name string, length func([]byte) uint32, png bool) []byte {
	for at+8 <= len(data) {
		size, title := length(data[at+4:]), string(data[at:at+4])
		if png {
			size, title = length(data[at:]), string(data[at+4:at+8])
		}
		if uint64(size) > uint64(len(data)-at-8) {
			return nil
		}
		if title == name {
			return data[at+8 : at+8+int(size)]
		}
		at += 8 + int(size)
		if png {
			at += 4
		} else {
			at += int(size) & 1
		}
	}
	return nil
}

// firstFrame makes a still WebP of a moving one, which its decoder does not know.
// All else it leaves as it is.
func firstFrame(data []byte) []byte {
	const moving, place, head = 1 << 1, 20, 16
	if sniff(data) != formatWebP || len(data) < 30 || string(data[12:16]) != "VP8X" || data[place]&moving == 0 {
		return data
	}
	// A frame is its place, its size at byte 6, its time, and what a still one holds.
	frame := chunk(data, 12, "ANMF", binary.LittleEndian.Uint32, false)
	if len(frame) < head {
		return data
	}
	still := append([]byte("WEBPVP8X\x0a\x00\x00\x00"), 0, 0, 0, 0)
	if bytes.HasPrefix(frame[head:], []byte("ALPH")) {
		still[len(still)-4] = 1 << 4
	}
	still = append(append(still, frame[6:12]...), frame[head:]...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(still))), still...)
}

// orientation reads how a picture must be turned from its EXIF block; upright
// where that does not say it, or not sensibly.
func orientation(tiff []byte) turn {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(tiff, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(tiff, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return upright
	}
	if len(tiff) < 8 {
		return upright
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return upright
	}
	const tag, short, size = 0x0112, 3, 12
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < size {
			break
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			if t := turn(order.Uint16(entries[8:])); t >= upright && t <= 8 {
				return t
			}
			break
		}
		entries = entries[size:]
	}
	return upright
}
