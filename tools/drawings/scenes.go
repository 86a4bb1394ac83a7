package main

// scenes are all pictures by the names of their files.
func scenes() map[string]func(*canvas) {
	return map[string]func(*canvas){
		// by the water
		"lantern-river": lanternRiver, "harbour-dusk": harbourDusk, "dragon-boats": dragonBoats, "ferry": ferry, "bridge": bridge,
		"reeds-ducks": reedsDucks, "lotus": lotus, "lighthouse": lighthouse, "typhoon": typhoon, "egret-bay": egretBay,
		"camp-stream": campStream,
		// in the hills
		"terraces": terraces, "tea-pickers": teaPickers, "banyan": banyan, "kites": kites, "mountain-path": mountainPath,
		"well": well, "clinic-van": clinicVan,
		// houses and streets
		"ancestral-hall": ancestralHall, "tea-house": teaHouse, "moon-rooftops": moonRooftops, "library-night": libraryNight,
		"arcades": arcades, "market": market, "opera-stage": operaStage, "abroad-hall": abroadHall, "winter-door": winterDoor,
		"couplets": couplets, "long-table": longTable, "kitchen": kitchen,
		// on the table
		"mooncakes": mooncakes, "calligraphy": calligraphy, "camphor-chest": camphorChest, "genealogy": genealogy,
		"inksticks": inksticks, "embroidery": embroidery, "chess": chess, "recorder": recorder, "press": press, "umbrellas": umbrellas,
	}
}
