"""English policies: the employee handbook, information security, the quality manual extract."""

from __future__ import annotations

HANDBOOK = """
# Employee Handbook for the International Offices
Human Resources, HR-HB-EN, edition of January 2025. This handbook applies to employees of Aomine Fluid Precision who work in Northport, Halden
and the Verrano liaison office. Where local law gives a better right, local law prevails.

## 1. Joining us
Every new colleague receives a written contract before the first working day. The contract names the position, the place of work, the pay, the
notice period and the person to report to. During the first three months either side may end the employment with two weeks' notice. A buddy
from another team answers the questions that nobody likes to put to a manager.

## 2. Working hours
Full-time work is 38 hours a week. Core time is from ten to three; the rest may be arranged with the team. Overtime shall be agreed beforehand
and is returned as time off within the next two months. Only where that is impossible does payroll pay it out with a supplement of 25 percent.
Travel time to a customer counts as working time from the moment an employee leaves home, except for the usual commute.

## 3. Leave
The annual leave is 26 days. Five days may be carried over until the end of March; leave that remains after that date expires unless the
manager refused it in writing. Requests for more than a week should be entered in the leave planner six weeks ahead. Parents receive twelve
weeks of paid leave after a birth or an adoption. Bereavement leave is three days, five when the funeral is abroad.

## 4. Sickness
Tell your team before nine o'clock. A doctor's note is needed from the fourth day. The company continues to pay the salary for six weeks and
then tops up the statutory benefit to 80 percent for another six. On return from a long absence we hold a conversation about workload; it is
not a disciplinary meeting and no record of the illness is kept.

## 5. Pay and appraisal
Salaries are paid on the 25th. Once a year each employee writes a short self-appraisal, discusses goals with the manager and agrees a rating
from one to five. The rating influences the yearly adjustment but not the bonus, which depends on the result of the whole company.
An employee who disagrees with the rating may ask Human Resources for a second reader within ten days.

## 6. Conduct
We treat each other, customers and suppliers with respect. Harassment, discrimination and retaliation have no place here. Gifts worth more
than 50 euros shall be declined or handed to the local office manager. Employees shall not trade in shares of customers about whom they hold
information that is not public. Second jobs are allowed if they do not compete with the company and do not harm health.

## 7. Health and safety
Read the site rules before entering a workshop. Safety shoes and glasses are mandatory beyond the yellow line. Anyone may stop a machine that
appears dangerous. Report every near miss, even if nothing happened: the form takes three minutes and has prevented at least four injuries.

## 8. Data and devices
Laptops are encrypted and locked when you leave the desk. Customer drawings shall not be sent to private accounts or typed into public
translation or chat services. Lost devices must be reported to IT within one hour, at night as well. Photographs of test rigs need the
permission of the customer whose product is mounted on them.

## 9. Remote work
Up to three days a week may be worked from home after the trial period. The team decides together on one common office day. Work from another
country is possible for twenty days a year once payroll has checked tax and insurance.

## 10. Learning
Each employee has a budget of 1,200 euros and four days a year for training. Language courses in Japanese or English do not count towards
the budget. Those who attend a conference give a short talk afterwards.

## 11. Leaving
The notice period after the trial is two months to the end of a month. Equipment, badges and documents are returned on the last day. Human
Resources offers an exit interview, and the answers are shown to management only as a yearly summary.

## Article index
Article numbers follow the sections above; local annexes are published on the intranet and shall be read together with this policy.
"""

SECURITY = """
# Information Security Policy
IT department, IT-POL-EN-01, effective date 6 January 2025. The policy applies to everybody who uses systems of Aomine Fluid Precision.

## Article 1. Classification
Information is classified as public, internal, confidential or secret. The author's department head decides; documents without a mark are
internal. Confidential documents shall carry the mark on every page.

## Article 2. Access
Access is granted by role and reviewed twice a year. Shared accounts shall not be used, except on test rigs that have no network connection.
Remote access requires a second factor. Passwords have at least twelve characters and are kept in the company's password safe.

## Article 3. Release of software
In this policy a release is a new version of a business application that is moved to the production environment. Every release shall pass the
change board, is announced two working days ahead and takes place on Wednesday after 18:00. A release without a tested way back shall not start.

## Article 4. Use of language models
Employees may use only the services on the register kept by IT. Personal data, customer drawings and unpublished figures shall not be entered.
A person remains responsible for every text that leaves the company.

## Article 5. Incidents
Anybody who notices or suspects a loss of data shall call the service desk within one hour. Devices are not switched off and not reset.
The service desk opens an incident ticket, informs the head of IT, and keeps a log of all steps.

## Article 6. Suppliers
Suppliers with access to internal systems sign the security annex. Their accounts end automatically after ninety days.
"""

QUALITY_MANUAL = """
# Quality Manual, extract: inspection and release
Quality department, QM-07, revision F. This policy applies to all lots made in Midorino and to goods bought for resale.

## Article 1. Meaning of release
In quality documents release means the written permission to ship a lot after final inspection. Only a quality engineer who did not make the
parts shall sign a release. A lot without release stays in the yellow area; the warehouse system blocks its delivery note.

## Article 2. Final inspection
Each ball valve is pressure tested at 1.5 times its rating for sixty seconds. From every lot of pumps the first, the last and every
twentieth piece run for thirty minutes at nominal speed. Results are written down at once, not from memory at the end of the shift.

## Article 3. Conditional release
When a certificate is missing but the measured values are good, the quality manager may grant a conditional release for seven days. The
customer shall be informed beforehand. A conditional release shall never be given for food or oxygen service.

## Article 4. Nonconforming lots
A lot that fails is marked red and recorded as a nonconformity with a defect code. The review board decides on rework, use as is, or scrap
within three working days. Release after rework needs a complete new inspection.

## Article 5. Records
Inspection records and release notes are kept for ten years; for parts in pressure equipment, for fifteen.
"""
