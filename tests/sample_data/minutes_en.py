"""Minutes of meetings in English."""

from __future__ import annotations

MINUTES_BY_DATE = {
    "2025-04-10_production_planning": """
# Minutes: production planning meeting, 10 April 2025
Attendees: Emma Thornbury (chair), Jonas Lindqvist, Grace Okonjo, Tom Ashcroft;;Absent: Lena Vogel
## Agenda
1. Load of the machining centres in May
2. Shortage of castings
3. Holiday cover
## Discussion
The two five-axis centres are booked to 112 percent in the third week of May because the Calder Bay order was moved forward. Jonas proposed to
turn the bodies of the AV-200 on the old lathe, which costs eleven minutes more per piece but frees one centre for the duplex parts. The
foundry delivers only 60 percent of the SCS14 castings until June; its furnace lining has to be replaced.
## Decisions
- The AV-200 bodies move to the old lathe from 12 May to 6 June.
- Overtime on two Saturdays is approved, voluntary and limited to eight people.
## Action items
- Grace asks the second foundry for a sample lot by 25 April.
- Tom publishes the holiday plan for Golden Week by 17 April.
""",
    "2025-05-22_quality_review": """
# Minutes: monthly quality review, 22 May 2025
Attendees: Priya Raman (chair), Marco Bellandi, Lena Vogel, Daniel Reyes
## Agenda
1. Complaint figures for April
2. Seal leakage of the GX-35
3. Open release notes
## Discussion
Fourteen complaints came in, five of them about the same seal. Marco showed photographs of lips that were cut during assembly; the burr on the
shaft shoulder is higher than the drawing allows. Three lots have waited for release longer than a week because certificates of the steel mill
are missing.
## Decisions
- Shafts are deburred by brush and every shaft is checked by touch until the tool has been changed.
- No conditional release for lots that go to food customers.
## Action items
- Marco updates the work instruction and trains both shifts by 30 May.
- Daniel calls the mill every second day until the certificates arrive.
""",
    "2025-06-18_sales_europe": """
# Minutes: sales meeting Europe, 18 June 2025
Attendees: Daniel Reyes, Lena Vogel, Emma Thornbury; by video Grace Okonjo
## Agenda
1. Forecast for the third quarter
2. Price list 2026
3. Trade fair in Hamburg
## Discussion
The forecast stands at 3.1 million euros, 8 percent below plan, nearly all of it from the brewing sector. Lena reported that Tarn Valley has
postponed its cellar to next spring. A general increase of 4 percent was discussed; for spare parts the competitors went higher last winter
without losing customers.
## Decisions
- List prices rise by 3.5 percent from January, spare parts by 6 percent.
- The stand in Hamburg is shared with the seal maker; budget 38,000 euros.
## Action items
- Lena sends the new list to the agents before the summer break.
- Daniel prepares the pump demonstrator and the shipping papers.
""",
    "2025-07-03_it_change_board": """
# Minutes: change board, 3 July 2025
Attendees: Tom Ashcroft (chair), Priya Raman, Jonas Lindqvist
## Agenda
1. Release 8.4 of the order system
2. Retirement of the old file server
3. Requests from users
## Discussion
Release 8.4 brings the new tax fields and a repaired export. The rehearsal on the test system took forty minutes, the way back took twelve.
Priya asked that "release" in the warehouse screen be renamed, since operators take it for the permission to ship a lot.
## Decisions
- Release 8.4 goes live on Wednesday 9 July at 18:30.
- The file server is read-only from August and switched off at the end of the year.
## Action items
- Tom announces the release on Monday.
- Jonas renames the button to "deploy" in version 8.5.
""",
    "2025-09-11_safety_committee": """
# Minutes: safety committee, 11 September 2025
Attendees: Grace Okonjo (chair), Emma Thornbury, two elected employees, the works doctor
## Agenda
1. Near misses in July and August
2. Noise in the test bay
3. First-aid training
## Discussion
Nine near misses were reported, four with fork-lifts at the corner of hall 2. The measurement in the test bay gave 86 decibels with both
benches running. The doctor recommends moulded ear plugs, since loose ones are taken out after an hour.
## Decisions
- The corner receives a mirror and a floor projector.
- Moulded plugs are ordered for the eleven people in the test bay.
## Action items
- Emma obtains offers by 26 September.
- Grace books two first-aid courses for October.
""",
    "2025-11-05_new_product_ct9": """
# Minutes: design review CT-9, 5 November 2025
Attendees: Jonas Lindqvist, Priya Raman, Marco Bellandi, Daniel Reyes
## Agenda
1. Results of the prototypes
2. Cost target
3. Patent search
## Discussion
Prototype 3 keeps the flow within 0.8 percent between 5 and 60 degrees; below that the sensor drifts. The cost is 14 percent over target, mainly
the housing. An older claim of a competitor covers a heated sensor seat, ours is cooled; the patent attorney sees a low risk.
## Decisions
- The sensor supplier gets two weeks to propose a better glue.
- The housing is redesigned as a die casting for yearly volumes above 3,000.
## Action items
- Jonas reports the drift test by 21 November.
- Priya checks the claims of the two remaining publications.
""",
}

MINUTES_BY_NAME = {f"minutes_{name}": text for name, text in MINUTES_BY_DATE.items()}
