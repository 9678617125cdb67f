//! Numbers that are no codes, and codes that stand among them.

use super::{check, check_nothing};

#[test]
fn zip_codes() {
    check_nothing(&[
        "Chicago, IL 60614",
        "Springfield IL 62704-1234",
        "our ZIP is 60614",
        "zip code 99213",
        "Portland, Oregon 97201",
        "Billing Department\nPO Box 1234\nDenver, CO 80202",
        "60614-1234",
        "K1A 0B1 Ottawa",
        "ZIP codes 60614, 60615 and 60616",
        "Zip codes served: 60614, 60657, 99201 and 99203.",
        "Coordinates 41.8781 N, 87.6298 W. Height 10060 ft.",
    ]);
    check(&[
        ("Send the op note for 99213 to Chicago, IL 60614", "CPT 99213"),
        ("Our PA 99213 was billed incident to", "CPT 99213"),
        ("J1885 GA 96372", "HCPCS J1885 [GA]; CPT 96372"),
    ]);
}

#[test]
fn phones() {
    check_nothing(&[
        "call 312-555-0199 ext. 48213",
        "Tel: (312) 555-0199",
        "fax 3125550199",
        "phone (030) 12345",
        "x48213",
        "billing dept ext 20610",
    ]);
}

#[test]
fn money() {
    check_nothing(&[
        "the charge was $12500",
        "we owe 12500 USD",
        "$12,500.00 total",
        "the total is 48213",
        "balance: 20610",
        "12500.00 was paid",
    ]);
    check(&[("99213 $125.00", "CPT 99213"), ("CPT 99213 paid 85 dollars", "CPT 99213")]);
}

#[test]
fn identifiers() {
    check_nothing(&[
        "invoice 48213 is overdue",
        "Invoice #48213",
        "PO 77450",
        "please bill order 48213 to account 10022",
        "claim # 48213 was denied",
        "claim number 48213 denied by the payer",
        "MRN 20610",
        "MRN: 20610, DOB 3/4/1960",
        "NPI 1234567893",
        "acct. 48213",
        "account ending in 48213",
        "ticket 48213",
        "case # 99213",
        "INV-48213 and PO-77450",
        "INV48213",
        "room 12345",
        "order numbers 48213, 48214 and 48215",
        "member ID 48213",
        "patient #48213 has insurance",
        "your tracking number is 48213",
        "promo code 20610",
        "error code 10053",
        "IMG_20610.jpg",
        "99213.pdf is attached",
        "https://example.test/cases/99213",
        "<20610.99213@mail.example.test>",
        "SKU A1234 is sold out",
        "flight AA1234",
        "part P1234 for the printer",
        "550e8400-e29b-41d4-a716-446655440000",
        "48213-AB-9",
        "12345-67-8901",
    ]);
    check(&[
        ("On claim #48213 they denied CPT 99213", "CPT 99213"),
        ("MRN 48213: can we bill 20610?", "CPT 20610"),
        ("Invoice 48213 lists CPT 20610 and J1030", "CPT 20610; HCPCS J1030"),
        ("remark code N130, CPT 99213", "CPT 99213"),
    ]);
}

#[test]
fn addresses_and_citations() {
    check_nothing(&[
        "12001 Research Blvd, Austin",
        "48213 North Main Street",
        "section 12345 of the manual",
        "42 CFR 410.78",
        "\u{A7} 12345",
        "page 20610",
        "version 10.1.2",
        "Oracle R12.2.1",
    ]);
}

#[test]
fn measures_and_counts() {
    check_nothing(&[
        "we have 48213 members",
        "12500 miles",
        "48213 people came",
        "it took 12500 hours",
        "sold 12500 copies",
        "BP 120/80, glucose 250.00 mg/dl",
        "enrollment rose to 48213 patients, Medicare says",
    ]);
}

#[test]
fn ordinary_mail() {
    check_nothing(&[
        "Hi team,\n\nthe shipment of 12500 brochures left on 03/04/2026. Tracking 48213. Please bill our \
         account.\n\nThanks,\nPat\n\
         Example Supply Co.\n48213 Industrial Pkwy\nSpringfield, IL 62704\n(312) 555-0199",
        "Reminder: meeting in room B1204 at 10:30, dial-in 312-555-0199, passcode 48213#.",
        "Q2 2024 revenue rose 12% to 45000; see page 12345.",
        "The password reset code is 48213.",
        "Your verification code: 99213",
        "Lunch for 25 at 12:30, bring $20.",
        "Our hospital network treated 48213 patients last year, and the clinic in Springfield 62704 added 12500 \
         visits. \
         Medicare paid 45000 per bed. Please review the attached budget (page 12) and the invoice for the new MRI \
         suite.",
        "The health plan requires prior authorization number 48213 before the MRI; member services are at extension \
         20610.",
        "Please report to Building 20610, the flu vaccine clinic starts at 0900. Bring badge 48213.",
        "We upgraded the EHR to version 20.2.10600; ticket 55123 covers the billing module errors 10060 and 10061.",
        "Order 10021 ships with 250 gloves (item 36415), 25 boxes of catheters, SKU 51702, qty 40.",
        "Your insurance claim 99213847 was denied on 3/4/2026. Amount due: $212.50, or call 800-555-0110.",
        "Specimens go to room 11042, 7600 Wisconsin Ave, Bethesda MD 20814.",
        "Budget 2026: salaries 310500, rent 48000, supplies 12500, total 371000.",
        "Study enrolled 10021 subjects at 64 sites, randomised 1:1. Median age 59.",
        "Flight AA1234 departs gate B22 at 10:45; hotel confirmation A1234 B5678.",
        "The part numbers are J1885 and K0001 from the old catalogue.",
        "CR 12345, MLN MM13452, Transmittal 11842, Pub 100-04, chapter 12, section 30.6.1, LCD L33822",
        "patient moved from 45402 to 45419 zip",
        "Clinic supply order: 5 boxes gauze 44950, 2 cases gowns 31256, exam paper 20 rolls.",
        "Vendor was paid on check 99396, the VIN ends 20610.",
        "Version 2.10.3 fixes bug 48213 and issue #20610.",
    ]);
}
