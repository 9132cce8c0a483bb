"""Standard operating procedures and manuals in English."""

from __future__ import annotations

PROCEDURES = {
    "SOP-101_pressure_test_procedure": """
# Procedure SOP-101: pressure test of ball valves
Scope: all AV-200 sizes. Tools: test bench B2, calibrated gauge, blanking plugs.
## Steps
1. Check the gauge sticker. Step back to the tool room if the date has passed.
2. Mount the valve half open and tighten the clamps crosswise to 45 Nm.
3. Fill with water until no bubbles leave the vent, then close the vent.
4. Raise the pressure slowly to 1.5 times the rating and hold it for sixty seconds.
5. Wipe the body and look for drops at the stem, the flange and the seat.
6. Write pressure, time and result into the test sheet before the valve is removed. Quality needs the sheet for the release of the lot.
## Caution
Caution: never test with compressed air. Stand beside the shield while the pressure rises. A clamp that shows a crack is scrapped at once.
## Revision history
| Rev. | Date | Change |
| A | 2019-03-04 | First issue |
| B | 2022-08-15 | Holding time raised from 45 to 60 seconds |
| C | 2025-02-10 | Clamp inspection added |
""",
    "SOP-102_seal_assembly_procedure": """
# Procedure SOP-102: assembly of the shaft seal, GX-35
Scope: gear pumps. Tools: assembly sleeve, lint-free cloth, silicone-free grease.
## Steps
1. Run a fingertip around the shaft shoulder; a burr that can be felt is a reason to reject the shaft.
2. Clean the bore and the shaft with isopropanol and let both dry for two minutes.
3. Put a thin film of grease on the lip, not on the outside of the ring.
4. Slide the seal over the sleeve with the spring side towards the liquid.
5. Press it home in one step until the stop is reached; tilting damages the lip.
6. Turn the shaft ten times by hand. It must move evenly and without clicking.
## Caution
Caution: isopropanol is flammable, keep it away from the induction heater. Do not reuse a seal that has been pulled out.
## Revision history
| Rev. | Date | Change |
| A | 2020-06-22 | First issue |
| B | 2025-05-27 | Touch check of the shoulder after complaints |
""",
    "SOP-103_welding_repair_procedure": """
# Procedure SOP-103: repair welding of castings
Scope: defects up to 3 mm depth in stainless castings; anything deeper goes to the review board.
## Steps
1. Grind the defect to bright metal and prove by dye penetrant that no crack remains.
2. Preheat is not needed; the interpass temperature stays below 150 degrees.
3. Weld with rod of the same alloy in beads of less than 30 mm.
4. Grind flush and repeat the dye penetrant test.
5. Stamp the welder's number beside the repair and photograph it for the lot record.
## Caution
Caution: dye penetrant aerosols require extraction. Wear a respirator when grinding in the booth. Watch for sparks near the solvent store.
## Revision history
| Rev. | Date | Change |
| A | 2021-11-01 | First issue |
""",
    "SOP-104_export_packing_procedure": """
# Procedure SOP-104: packing for sea freight
Scope: crates that travel more than three weeks. Tools: humidity indicator, vacuum sealer, stencil set.
## Steps
1. Compare the article numbers on the pallet with the packing list, piece by piece. Without a release note the pallet goes back.
2. Plug all openings; put a desiccant bag of 500 g into the film for every cubic metre.
3. Seal the film and draw the air out until the film lies close to the goods.
4. Nail the crate shut and stencil gross weight, centre of gravity and the arrows.
5. Stick the humidity indicator behind the window and note its colour.
## Caution
Caution: crates above 25 kg are lifted by two people or by hoist. Wood without the heat-treatment mark is not used for export.
## Revision history
| Rev. | Date | Change |
| A | 2018-04-09 | First issue |
| B | 2024-01-17 | Indicator window introduced |
""",
    "SOP-105_calibration_procedure": """
# Procedure SOP-105: calibration of flow controllers CT-8
Scope: new and returned controllers. Reference: weighing bench W1.
## Steps
1. Let the bench and the controller warm up for forty minutes with water at 20 degrees.
2. Set 10, 25, 50, 75 and 100 percent of range; at each step wait until the weight rises steadily.
3. Collect at least two kilograms, read the scale and the time, and enter both in the sheet.
4. Calculate the deviation. If one point is off by more than one percent, adjust the span and start again.
5. Print the certificate; the person who measured does not sign as the one who checks.
## Caution
Caution: close the drain before the pump stops, otherwise the column of water hits the scale. Keep the supply cable dry.
## Revision history
| Rev. | Date | Change |
| A | 2023-07-03 | First issue |
| B | 2025-09-01 | Fifth point added at 25 percent |
""",
    "operation_manual_DF-90": """
# Operation manual: diaphragm pump DF-90
This manual belongs to the machine and shall be kept beside it. Read every caution before you begin.
## 1. Intended use
The pump moves liquids with solids up to 4 mm and a temperature between 0 and 80 degrees. It is not meant for fuel or for explosive areas.
## 2. Installation procedure
1. Place the pump on a level base and fix it with four M10 bolts.
2. Connect the suction line with a slope of at least one percent towards the pump.
3. Fit a filter of 5 micrometres in the air supply and limit the pressure to 6 bar.
4. Open the discharge valve, then the air, slowly.
## 3. Operation
The pump may run dry for two minutes without damage. If it stops by itself, close the air before opening a cover. A change in the rhythm is the
earliest sign of a worn diaphragm; plan the exchange within a week. Dirt in the exhaust silencer makes the pump slow and loud.
## 4. Maintenance
Every 500 hours check the bolts; every 4,000 hours replace diaphragms and balls. Torque for the cover: 28 Nm, in a star pattern, in two passes.
Caution: liquid may squirt out when a cover is loosened. Wear goggles and drain both chambers first.
## 5. Faults
| Sign | Probable cause | Remedy |
| Pump runs, no flow | Suction line leaks | Tighten joints, replace gasket |
| Uneven strokes | Ball sticks | Clean seat, check for swelling |
| Liquid in exhaust | Diaphragm torn | Stop at once, replace both |
## Revision history
| Rev. | Date | Change |
| 3 | 2024-05-20 | Torque corrected |
""",
}
