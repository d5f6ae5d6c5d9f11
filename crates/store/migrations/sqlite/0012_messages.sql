-- Notices go by mail, by text message or by Zalo.
ALTER TABLE notices ADD COLUMN way TEXT NOT NULL DEFAULT 'email' CHECK (way IN ('email', 'sms', 'zalo'));
-- A try was begun and nobody has said what came of it: whether the message went out is not known.
ALTER TABLE notices ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0 CHECK (unanswered IN (0, 1));
