{#
    The moment estimator of each paper's residuals: what varies between schools (tau2) beyond what chance within
    schools (msw) makes. None for one school, one pupil a school, or a line that could not be drawn.
#}

with

fitted as (
    select * from {{ ref('int_value_added_fitted') }}
),

squares as (
    select
        paper_id,
        cast(sum(matched) as integer) as matched_pupils,
        cast(count(*) as integer) as schools,
        any_value(slope) as slope,
        power(any_value(slope), 2) as r_squared,
        (sum(matched) - sum(matched * matched) / sum(matched)) / nullif(count(*) - 1, 0) as mean_size,
        sum(matched * power(residual_mean, 2)) / nullif(count(*) - 1, 0) as msb,
        sum(matched * residual_variance) / nullif(sum(matched) - count(*), 0) as msw
    from fitted
    group by paper_id
),

final as (
    select
        *,
        case when msb is not null and msw is not null then greatest(0, (msb - msw) / mean_size) end as tau2
    from squares
)

select * from final
