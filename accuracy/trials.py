"""Which lead-time demands are judged (forecasting.md 1.8)."""
TRACES = ("nasa_http_60s", "worldcup98_60s", "nab_elb_request_count_300s", "nab_tweets_amzn_300s", "servegen_m_small_total_600s", "servegen_m_large_total_600s")
LEAD_MINUTES = (3, 10)
LEVEL = 0.95
BASELINES = ("persistence", "dayNaive", "weekNaive")
