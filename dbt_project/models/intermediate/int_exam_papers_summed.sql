{#
    Each paper over all schools: mean and spread, and the share of variance that lies between schools: ANOVA ICC(1)
    with unequal sizes (negative as it comes; none for one school, no spread, or one pupil a school), η² beside it.
#}

with

schools as (
    select * from {{ ref('int_exam_schools_summed') }}
),

pooled as (
    select
        paper_id,
        cast(count(case when takers > 0 then 1 end) as integer) as schools,
        sum(takers * takers) as squared_sizes,
        sum(takers * power(mean_score - centre, 2)) as between_squares,
        sum(takers * variance) as within_squares,
        {{ pooled() }}
    from schools
    group by paper_id
),

squares as (
    select
        *,
        (takers - squared_sizes / nullif(takers, 0)) / nullif(schools - 1, 0) as mean_size,
        between_squares / nullif(schools - 1, 0) as between_mean_square,
        within_squares / nullif(takers - schools, 0) as within_mean_square,
        between_mean_square + (mean_size - 1) * within_mean_square as all_mean_square
    from pooled
),

final as (
    select
        *,
        case when variance > 0 then (between_mean_square - within_mean_square) / nullif(all_mean_square, 0) end
            as icc_anova,
        case when variance > 0 then between_squares / nullif(between_squares + within_squares, 0) end as eta_squared
    from squares
)

select * from final
