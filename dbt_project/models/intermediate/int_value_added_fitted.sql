{#
    One line a paper over all matched pupils, both scores standardised over them (so it passes through 0), and what
    it leaves each school: the mean residual and the variance of its residuals. No line where a score has no spread.
#}

{% set over = 'over (partition by paper_id)' %}

with

matched as (
    select * from {{ ref('int_exam_pupils_matched') }}
),

centred as (
    select
        *,
        sum(matched) {{ over }} as pupils,
        mean_y - sum(matched * mean_y) {{ over }} / sum(matched) {{ over }} as above_y,
        mean_x - sum(matched * mean_x) {{ over }} / sum(matched) {{ over }} as above_x,
        max(most_y) {{ over }} > min(least_y) {{ over }} and max(most_x) {{ over }} > min(least_x) {{ over }} as varies
    from matched
),

spread as (
    select
        *,
        case when varies then sqrt(sum(matched * (variance_y + above_y * above_y)) {{ over }} / pupils) end as std_y,
        case when varies then sqrt(sum(matched * (variance_x + above_x * above_x)) {{ over }} / pupils) end as std_x,
        sum(matched * (covariance + above_x * above_y)) {{ over }} / pupils as covariance_all
    from centred
),

sloped as (
    select
        *,
        covariance_all / (std_x * std_y) as slope
    from spread
),

final as (
    select
        paper_id,
        school_id,
        matched,
        slope,
        above_y / std_y - slope * above_x / std_x as residual_mean,
        greatest(
            variance_y / power(std_y, 2) - 2 * slope * covariance / (std_x * std_y)
            + power(slope, 2) * variance_x / power(std_x, 2), 0
        ) as residual_variance
    from sloped
)

select * from final
