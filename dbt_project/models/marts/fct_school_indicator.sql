with

valued as (
    select * from {{ ref('int_indicators_valued') }}
    where in_scope
),

coefficients as (
    select * from {{ ref('int_coefficients_computed') }}
    where population = 'in_scope'
),

judged as (
    select
        valued.*,
        coefficients.county_mean,
        coefficients.std_dev,
        coefficients.total_weight,
        valued.threshold * valued.denominator / valued.scale as needed,
        valued.floor_value * valued.denominator / valued.scale as needed_for_floor,
        valued.value / valued.threshold as share_of_threshold,
        valued.weight / coefficients.total_weight as weight_share,
        valued.scale * valued.step / nullif(valued.denominator, 0) as gain
    from valued
    left join coefficients using (standard_code, school_year, stage, indicator_code)
),

ranked as (
    select
        *,
        coalesce(sum(denominator) over ascending / sum(denominator) over everyone, 0) as student_cumulative_share,
        sum(numerator) over ascending / nullif(sum(numerator) over everyone, 0) as resource_cumulative_share,
        rank() over (partition by standard_code, school_year, stage, indicator_code order by value desc nulls last)
            as value_rank,
        count(value) over everyone as ranked_schools,
        row_number() over (
            partition by standard_code, school_year, stage, school_code
            order by
                case when status in ('near', 'below') then 0 else 1 end,
                share_of_threshold,
                sort_order
        ) as furthest,
        count(threshold) over (partition by standard_code, school_year, stage, school_code) as tested
    from judged
    window
        everyone as (partition by standard_code, school_year, stage, indicator_code, value is null),
        ascending as (
            partition by standard_code, school_year, stage, indicator_code, value is null
            order by value, school_code
            rows unbounded preceding
        )
),

remedied as (
    select
        *,
        case
            when status not in ('near', 'below') then null
            when furthest > tested - min_indicators_met then 'threshold'
            when status = 'below' then 'floor'
        end as remedy_goal
    from ranked
),

final as (
    select
        today.standard_code,
        today.school_year,
        today.school_code,
        today.stage,
        today.indicator_code,
        today.students,
        today.numerator,
        today.denominator,
        today.value,
        today.threshold,
        today.floor_value,
        today.status,
        {{ lacking('today', "('met')", 'needed') }} as shortfall,
        {{ lacking('today', "('met', 'near')", 'needed_for_floor') }} as shortfall_to_floor,
        today.share_of_threshold,
        case when today.numerator > today.needed then today.numerator - today.needed else today.needed * 0 end
            as surplus,
        case
            when today.value is not null
                then today.weight_share * power(today.value - today.county_mean, 2) / nullif(power(today.std_dev, 2), 0)
        end as cv_contribution,
        today.county_mean,
        case when today.value is not null then cast(today.value_rank as integer) end as rank,
        case when today.value is not null then cast(today.ranked_schools as integer) end as ranked_schools,
        before.value as previous_value,
        before.status as previous_status,
        case when today.value is not null then today.student_cumulative_share end as student_cumulative_share,
        case when today.value is not null then today.resource_cumulative_share end as resource_cumulative_share,
        {{ cv_after_step('today') }} as cv_after_step,
        today.remedy_goal,
        case
            when today.remedy_goal = 'threshold' then today.needed - today.numerator
            when today.remedy_goal = 'floor' then today.needed_for_floor - today.numerator
            when today.status in ('met', 'near') then 0
        end as remedy_amount,
        {{ rounding_changes_side('today') }} as rounding_changes_side,
        coalesce(today.is_split, false) as is_split,
        today.split_share,
        today.input_source,
        case when today.value is null then today.missing_inputs end as missing_inputs,
        today.exception_code,
        today.is_corrected,
        coalesce(before.is_corrected, false) as previous_is_corrected
    from remedied as today
    left join valued as before
        on today.standard_code = before.standard_code
            and today.school_year = before.school_year + 1
            and today.school_code = before.school_code
            and today.stage = before.stage
            and today.indicator_code = before.indicator_code
)

select * from final
