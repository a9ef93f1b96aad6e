with

schools as (
    select * from {{ ref('int_exam_schools_summed') }}
    where takers > 0
),

fitted as (
    select * from {{ ref('int_value_added_fitted') }}
),

modelled as (
    select * from {{ ref('int_value_added_modelled') }}
),

papers as (
    select * from {{ ref('int_exam_papers_made') }}
    where prior_exam_code is not null and prior_exam_code <> exam_code
),

placed as (
    select
        papers.exam_code,
        papers.prior_exam_code,
        papers.school_year,
        papers.grade,
        papers.subject,
        schools.school_code,
        cast(coalesce(fitted.matched, 0) as integer) as matched_pupils,
        cast(schools.takers - coalesce(fitted.matched, 0) as integer) as unmatched_pupils,
        case when modelled.tau2 is not null then fitted.residual_mean end as raw_effect,
        modelled.tau2 / nullif(modelled.tau2 + modelled.msw / fitted.matched, 0) as reliability,
        modelled.tau2
    from schools
    inner join papers on schools.paper_id = papers.paper_id
    left join fitted on schools.paper_id = fitted.paper_id and schools.school_id = fitted.school_id
    left join modelled on schools.paper_id = modelled.paper_id
),

shrunk as (
    select
        placed.*,
        case when placed.tau2 = 0 then 0 * placed.raw_effect else placed.raw_effect * placed.reliability end
            as shrunk_effect,
        case
            when placed.tau2 > 0
                then {{ parameter('interval_width', row='placed') }} * sqrt(placed.tau2 * (1 - placed.reliability))
        end as half_width,
        placed.matched_pupils >= {{ parameter('value_added_min_pupils', row='placed') }} as is_ranked
    from placed
),

judged as (
    select
        *,
        shrunk_effect - half_width as ci_low,
        shrunk_effect + half_width as ci_high,
        is_ranked and shrunk_effect is not null and tau2 > 0 as has_rank
    from shrunk
),

final as (
    select
        exam_code,
        prior_exam_code,
        school_year,
        grade,
        subject,
        school_code,
        matched_pupils,
        unmatched_pupils,
        matched_pupils / nullif(matched_pupils + unmatched_pupils, 0) as coverage_rate,
        raw_effect,
        shrunk_effect,
        ci_low,
        ci_high,
        reliability,
        is_ranked,
        case
            when has_rank then cast(rank() over (
                    partition by exam_code, grade, subject, has_rank order by shrunk_effect desc
                ) as integer)
        end as effect_rank,
        case
            when shrunk_effect is null then 'missing'
            when not is_ranked then 'too_few'
            when ci_low > 0 then 'above'
            when ci_high < 0 then 'below'
            else 'no_difference'
        end as verdict
    from judged
)

select * from final
