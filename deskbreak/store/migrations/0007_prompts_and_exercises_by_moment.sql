-- Looking back on a day asks for what was shown and done in it, and not through ten years of that.

CREATE INDEX prompts_by_at ON prompts (at);
CREATE INDEX exercises_by_start_at ON exercises (start_at);
