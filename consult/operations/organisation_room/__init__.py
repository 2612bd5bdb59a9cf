"""An organisation's room: opened, joined and handed over (`members`), filled and answered (`drafts`), forms taken in (`forms`), like comments
merged (`merge`), submitted once (`hand_in`). Like baskets, rooms are private and no part of the record: what leaves one is a submission.
"""
