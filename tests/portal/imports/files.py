"""Invented files in the shapes that Awin, impact.com and Dub document; no row of them is anybody's."""

AWIN_PUBLISHERS = """Publisher ID,Publisher Name,Publisher Type,Website,Country Code,Membership Status
501,Fjord Review,Editorial Content,https://fjord.example,NO,Joined
502,Kupong Kungen,Coupon Code,https://kupong.example,SE,Joined
503,Old Blog,Content,https://old.example,SE,Suspended
504,,Content,https://noname.example,SE,Joined
501,Fjord Again,Content,https://again.example,NO,Joined
"""
AWIN_TRANSACTIONS = """id;siteName;publisherId;commissionStatus;commissionAmount.amount;saleAmount.amount;\
saleAmount.currency;transactionDate;declineReason;voucherCode;type;orderRef
9001;Fjord Review;501;approved;8,00;100,00;SEK;2026-03-14T10:15:00;;;Sale;A-1
9002;Kupong Kungen;502;declined;12,50;250,00;SEK;2026-03-15T11:00:00;Returned;KUNG10;Sale;A-2
9003;Fjord Review;501;pending;80,00;1.000,00;SEK;2026-03-16T09:00:00;;;Sale;A-3
9004;Nobody;999;approved;1,00;10,00;SEK;2026-03-16T09:00:00;;;Sale;A-4
9005;Fjord Review;501;bonus;1,00;10,00;SEK;2026-03-16T09:00:00;;;Bonus;A-5
9006;Fjord Review;501;lost;1,00;10,00;SEK;2026-03-16T09:00:00;;;Sale;A-6
9007;Fjord Review;501;approved;1,00;abc;SEK;2026-03-16T09:00:00;;;Sale;A-7
9008;Fjord Review;501;approved;1,00;10,00;SEK;16 March;;;Sale;A-8
9001;Fjord Review;501;approved;8,00;100,00;SEK;2026-03-14T10:15:00;;;Sale;A-1
"""
IMPACT_CODES = """Promo Code,Program Id,Media Id,Type,Credit Rule,Match Mode,Active Start Date,Active End Date
FJORD10,4321,501,TRACKING,ALWAYS,LI,2026-01-01T00:00:00-07:00,2030-01-01T00:00:00-07:00
KUNG20,4321,502,TRACKING,ALWAYS,LI,,2020-01-01T00:00:00-07:00
NO SPACE,4321,501,TRACKING,ALWAYS,LI,,
"""
IMPACT_ACTIONS = """Id,CampaignId,ActionTrackerName,MediaPartnerId,MediaPartnerName,State,Payout,Amount,\
Currency,EventDate,LockingDate,Oid,PromoCode
1000.1.1,1000,Online Sale,501,Fjord Review,APPROVED,8.00,100.00,SEK,2026-03-14T10:15:00-07:00,,I-1,
1000.1.2,1000,Online Sale,501,Fjord Review,REVERSED,8.00,100.00,SEK,2026-03-14T10:15:00-07:00,,I-2,
1000.1.3,1000,Lead,501,Fjord Review,PENDING,50.00,0,SEK,2026-03-14T10:15:00-07:00,,I-3,
"""
IMPACT_PARTNERS = """Partner Id,Partner Name,Partner Status,Primary Property
501,Fjord Review,Active,https://fjord.example
"""
DUB_PARTNERS = """ID,Name,Email,Country,Status,Enrolled at
501,Fjord Review,hei@fjord.example,NO,approved,2026-01-02T10:00:00.000Z
pn_2,Banned Person,ban@fjord.example,NO,banned,2026-01-02T10:00:00.000Z
"""
DUB_LINKS = """Short link,Destination URL,Title,Partner ID,Clicks,Created at
https://dub.sh/fjord,https://acme.test/shoes,Shoes,501,17,2026-01-02T10:00:00.000Z
https://dub.sh/x,https://acme.test/,Front,501,3,2026-01-02T10:00:00.000Z
https://dub.sh/away,https://elsewhere.example/,Away,501,3,2026-01-02T10:00:00.000Z
https://dub.sh/who,https://acme.test/,Who,404,3,2026-01-02T10:00:00.000Z
"""
DUB_SALES = """ID,Type,Amount,Earnings,Currency,Status,Invoice ID,Quantity,Created at,Partner ID,Partner name
cm_1,sale,100.00,8.00,SEK,paid,D-1,1,2026-03-14T10:15:00.000Z,501,Fjord Review
cm_2,sale,100.00,8.00,SEK,refunded,D-2,1,2026-03-14T10:15:00.000Z,501,Fjord Review
cm_3,click,0.00,0.10,SEK,pending,,1,2026-03-14T10:15:00.000Z,501,Fjord Review
"""
SALES_HEAD = "id,publisherId,commissionStatus,commissionAmount,saleAmount,currency,transactionDate,orderRef"
